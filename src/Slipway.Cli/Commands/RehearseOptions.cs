using System.CommandLine;
using Slipway.Cli.Completion;
using Slipway.Core.Diagnostics;
using Slipway.Core.Failures;
using Slipway.Core.Secrets;
using Slipway.Core.Spec;
using Slipway.Core.Versions;
using Slipway.Engine.Files;
using Slipway.Engine.Preparing;
using Slipway.Engine.Running;
using Slipway.Rehearsal;

namespace Slipway.Cli.Commands;

/// <summary>What a user may wish of a rehearsal, and what the wishes mean.</summary>
internal sealed class RehearseOptions
{
    private readonly Option<int> _controlPlanes = new("--control-planes") { Description = "how many control planes", DefaultValueFactory = _ => 3 };

    private readonly Option<int> _workers = new("--workers") { Description = "how many workers", DefaultValueFactory = _ => 2 };

    private readonly Option<string[]> _talos = new("--talos-version")
    {
        Description = "Talos that the machines run, 1.10 to 1.14 (default v1.13.9), or NODE=VERSION for one of them; may be given several times",
        HelpName = "version|node=version",
    };

    private readonly Option<string> _kubernetes = new("--kubernetes-version") { Description = "Kubernetes that they shall run", DefaultValueFactory = _ => "v1.34.1" };

    private readonly Option<string?> _chart = new("--chart")
    {
        Description = "Cilium's chart as a folder or .tgz; without it a small stand-in is installed",
        HelpName = "path",
        CompletionSources = { FileCompletions.Source(".tgz") },
    };

    private readonly Option<string?> _secrets = new("--secrets")
    {
        Description = "secrets to begin with, as 'slipway secrets generate' writes them (default: new ones, whose RSA key takes a second or more)",
        HelpName = "path",
        CompletionSources = { FileCompletions.Source(".yaml", ".yml") },
    };

    private readonly Option<string[]> _faults = new("--fault")
    {
        Description = $"something that goes wrong: {FaultText.Forms}; may be given several times",
        HelpName = "fault",
    };

    private readonly Option<string?> _agent = new("--agent")
    {
        Description = $"the filter's agent, run for real on each machine that has it; needs root (default as root: {BuiltAgent}, if it is there)",
        HelpName = "path",
        CompletionSources = { FileCompletions.Source("", ".dll") },
    };

    private readonly Option<string> _object = new("--object")
    {
        Description = "the compiled filter that the agent loads",
        DefaultValueFactory = _ => "artifacts/bpf/solana_xdp.bpf.o",
        CompletionSources = { FileCompletions.Source(".o") },
    };

    /// <summary>Where image/build.sh leaves it.</summary>
    private const string BuiltAgent = "artifacts/agent/xdp-agent";

    public Option<string?> Folder { get; } = new("--dir")
    {
        Description = "where cluster.yaml, secrets and the journal go (default: a folder that is deleted afterwards)",
        HelpName = "folder",
        CompletionSources = { FileCompletions.Folders },
    };

    public Option<bool> Keep { get; } = new("--keep") { Description = "leave the cluster standing until Ctrl-C, to poke at it with kubectl, helm and talosctl" };

    public Option<bool> Blank { get; } = new("--blank") { Description = "do not run: leave machines in maintenance mode standing, for 'slipway init', 'plan' and 'up'" };

    public IEnumerable<Option> All => [_controlPlanes, _workers, _talos, _kubernetes, _chart, _secrets, _faults, _agent, _object, Folder, Keep, Blank];

    /// <exception cref="BadInputException">A version or a fault is none.</exception>
    public RehearsalOptions Rehearsal(CommandContext context, string folder) => new()
    {
        ControlPlanes = context.Get(_controlPlanes),
        Workers = context.Get(_workers),
        Talos = MachineVersions.Of(context.Get(_talos)).Talos,
        TalosByNode = MachineVersions.Of(context.Get(_talos)).ByNode,
        Kubernetes = Version(context, _kubernetes),
        Faults = Faults(context),
        Filter = true,
        Agent = Agent(context),
        Time = VirtualClock.Leaping(),
        LedgerPath = Path.Combine(folder, "ledger.ndjson"),
    };

    /// <summary>Null when a stand-in has to do.</summary>
    private AgentProgram? Agent(CommandContext context)
    {
        var given = context.Get(_agent);
        var (agent, filter) = (context.FullPath(given ?? BuiltAgent), context.FullPath(context.Get(_object)!));
        if (given is null)
        {
            return Environment.IsPrivilegedProcess && File.Exists(agent) && File.Exists(filter) ? new AgentProgram { Agent = agent, Filter = filter } : null;
        }

        return !Environment.IsPrivilegedProcess ? throw Bad("--agent", "an agent loads programs into the kernel", "root", "without --agent a stand-in writes what an agent would")
            : !File.Exists(agent) ? throw Bad("--agent", $"there is no {agent}", "xdp-agent, or its .dll", "image/build.sh makes it")
            : !File.Exists(filter) ? throw Bad("--object", $"there is no {filter}", "a BPF object", "bpf/build.sh makes it")
            : new AgentProgram { Agent = agent, Filter = filter };
    }

    /// <summary>Null leaves it to the spec.</summary>
    /// <exception cref="BadInputException">There is nothing at the path.</exception>
    public ChartSource? Chart(CommandContext context) => context.Get(_chart) switch
    {
        null => null,
        { } path when Directory.Exists(context.FullPath(path)) => new ChartSource(ChartSourceKind.Folder, context.FullPath(path)),
        { } path when File.Exists(context.FullPath(path)) => new ChartSource(ChartSourceKind.Archive, context.FullPath(path)),
        { } path => throw Bad("--chart", $"there is no {path}", "a folder or .tgz file", null),
    };

    /// <summary>The content of the file that is to be begun with; null when none is named.</summary>
    /// <exception cref="SlipwayException">There is no such file, it cannot be read, or it holds no secrets of a cluster.</exception>
    public Sensitive? Secrets(CommandContext context)
    {
        if (context.Get(_secrets) is not { } path)
        {
            return null;
        }

        var (content, _) = SecretFiles.Read(context.FullPath(path));
        SpecFolder.Demand(SecretsYaml.Read(path, content.Reveal()).Findings);
        return content;
    }

    public static BadInputException Bad(string where, string message, string? expected, string? hint) =>
        new([new Diagnostic { Severity = Severity.Error, File = where, Line = 0, Column = 0, Message = message, Expected = expected, Hint = hint }]);

    private static ReleaseVersion Version(CommandContext context, Option<string> option) =>
        ReleaseVersion.TryParse(context.Get(option), out var version)
            ? version
            : throw Bad(option.Name, $"'{context.Get(option)}' is not a version", "one such as v1.13.9", null);

    private List<Fault> Faults(CommandContext context)
    {
        try
        {
            List<Fault> faults = [.. (context.Get(_faults) ?? []).Select(FaultText.Parse)];
            var unknown = faults.FirstOrDefault(fault => fault.Phase is { } phase && !Runner.PhaseIds.Contains(phase));
            return unknown is null
                ? faults
                : throw Bad("--fault", $"a run has no phase '{unknown.Phase}'", string.Join(", ", Runner.PhaseIds), null);
        }
        catch (FormatException error)
        {
            throw Bad("--fault", error.Message, null, null);
        }
    }
}
