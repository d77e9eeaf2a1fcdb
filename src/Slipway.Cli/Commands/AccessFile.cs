using System.CommandLine;
using Slipway.Cli.Composition;
using Slipway.Cli.Input;
using Slipway.Core.Failures;
using Slipway.Core.Secrets;
using Slipway.Engine.Files;
using Spectre.Console;

namespace Slipway.Cli.Commands;

/// <summary>What writing a talosconfig and a kubeconfig have in common: where to, and that a file of the user's is not lost.</summary>
internal sealed class AccessFile
{
    private readonly string _name;
    private readonly Argument<string> _path;
    private readonly Option<bool> _force = new("--force") { Description = "replace a file that is there" };

    public AccessFile(string name, Command command)
    {
        _name = name;
        _path = new Argument<string>("path") { Description = $"where to write it (default {name}), or - for standard output", DefaultValueFactory = _ => name };
        command.Arguments.Add(_path);
        command.Options.Add(_force);
    }

    /// <summary>As the user wrote it.</summary>
    public string PathOf(CommandContext context) => context.Get(_path)!;

    public int Write(CommandContext context, Sensitive content)
    {
        var given = context.Get(_path)!;
        if (given == TextFiles.StandardInput)
        {
            context.Output.Reveal(content);
            return ExitCodes.Ok;
        }

        var path = context.FullPath(given);
        if (context.Get(_force))
        {
            SecretFiles.Replace(path, content);
        }
        else
        {
            SecretFiles.Create(path, content);
        }

        context.Output.Tell("AccessFile", new Written(path), console => console.WriteLine($"{path}: {_name}, mode 0600"));
        return ExitCodes.Ok;
    }

    /// <summary>Without the secrets file, made-up secrets would give access to nothing.</summary>
    public static void DemandSecrets(Workspace workspace)
    {
        if (!File.Exists(workspace.Desired.SecretsPath))
        {
            throw new SlipwayException(FailureReason.BadInput, $"there is no file {workspace.Desired.SecretsPath}")
            {
                Expected = "the cluster's secrets file",
                Hint = "'slipway up' makes it on the first run; for a cluster made by talosctl, name its secrets.yaml in the spec",
            };
        }
    }

    private sealed record Written(string Path);
}
