using System.CommandLine;

namespace Slipway.Cli.Commands;

/// <summary>Every command there is.</summary>
internal static class CommandTree
{
    public static RootCommand Build()
    {
        var root = new RootCommand("Brings machines that run Talos Linux up as a Kubernetes cluster for Solana validators.")
        {
            new InitCommand(),
            new PlanCommand(),
            new UpCommand(),
            new StatusCommand(),
            new DoctorCommand(),
            new RehearseCommand(),
            new ValidateCommand(),
            new SchemaCommand(),
            new SchematicCommand(),
            new CommandGroup("config", "Work on machine configs", new ConfigRenderCommand(), new ConfigPatchCommand(), new ConfigDiffCommand(), new ConfigValidateCommand(), new ConfigRedactCommand()),
            new CommandGroup("secrets", "Work on the secrets of a cluster", new SecretsGenerateCommand(), new SecretsShowCommand()),
            new CommandGroup("extension", "Build, check and push the system extension that carries the XDP filter, and make installers with it", new ExtensionBuildCommand(), new ExtensionCheckCommand(), new ExtensionPushCommand(), new ExtensionInstallerCommand()),
            new CommandGroup("xdp", "Look at the XDP filters of the nodes through the Talos API, and change their mode", new XdpStatusCommand(), new XdpTopCommand(), new XdpPeersCommand(), new XdpExplainCommand(), new XdpModeCommand()),
            new TalosconfigCommand(),
            new KubeconfigCommand(),
            new CompletionCommand(),
            new VersionCommand(),
        };
        return root;
    }
}
