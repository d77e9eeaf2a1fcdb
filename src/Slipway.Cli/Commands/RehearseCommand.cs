using Slipway.Cli.Composition;
using Slipway.Cli.Input;
using Slipway.Cli.Output;
using Slipway.Core.Failures;
using Slipway.Core.Layouts;
using Slipway.Core.Secrets;
using Slipway.Core.Spec;
using Slipway.Engine.Files;
using Slipway.Engine.Journaling;
using Slipway.Engine.Preparing;
using Slipway.Engine.Running;
using Slipway.Rehearsal;
using Spectre.Console;

namespace Slipway.Cli.Commands;

internal sealed class RehearseCommand : SlipwayCommand
{
    private readonly RehearseOptions _options = new();

    public RehearseCommand()
        : base("rehearse", "Do a whole day-0 run on machines inside this process: no hardware, no root, under a minute")
    {
        foreach (var option in _options.All)
        {
            Options.Add(option);
        }
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("slipway rehearse", "3 control planes and 2 workers, from maintenance mode to network policies"),
        new("slipway rehearse -f cluster.yaml", "your own spec, patches and base configs, on rehearsed machines"),
        new("slipway rehearse --control-planes 1 --workers 20 --talos-version v1.12.11", "another shape, another Talos"),
        new("slipway rehearse --talos-version v1.13.9,cp1=v1.12.11,w1=v1.14.0 --kubernetes-version v1.33.5", "a fleet in the middle of an upgrade"),
        new("slipway rehearse --chart ./cilium-1.16.19.tgz", "with the real chart"),
        new("slipway secrets generate && slipway rehearse --secrets secrets.yaml", "the same secrets each time, and no wait for a new RSA key"),
        new("slipway rehearse --fault never-back:w1", "see how a run ends when a machine does not come back"),
        new("slipway rehearse --keep --dir ./lab", "then, elsewhere: kubectl --kubeconfig ./lab/.slipway/rehearsal/kubeconfig get nodes"),
    ];

    public override async Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var given = context.Get(_options.Folder);
        var folder = given is null ? Directory.CreateTempSubdirectory("slipway-rehearsal-").FullName : context.FullPath(given);
        try
        {
            PrivateFolder(folder);
            await using var session = await StartAsync(context, folder, cancellationToken);
            context.Output.Redactor.Register(session.Workspace.Secrets);
            return context.Get(_options.Blank) ? await StandAsync(context, session, cancellationToken) : await RunAsync(context, session, cancellationToken);
        }
        finally
        {
            if (given is null)
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private async Task<RehearsalSession> StartAsync(CommandContext context, string folder, CancellationToken cancellationToken)
    {
        var (options, secrets) = (_options.Rehearsal(context, folder), _options.Secrets(context));
        if (context.Settings.File is null)
        {
            BeginWith(secrets, folder);
            return await RehearsalSession.StartAsync(options, folder, null, _options.Chart(context), cancellationToken);
        }

        var own = await Workspaces.RequestAsync(context, cancellationToken);
        var spec = SpecReader.Read(own.File, own.Text);
        SpecFolder.Demand(spec.Findings);
        if (secrets is not null && !SpecPlacement.TakesSecrets(spec.Spec!))
        {
            throw RehearseOptions.Bad("--secrets", "the spec's base configs hold the secrets of their own cluster", "a spec without configs", "leave --secrets out");
        }

        BeginWith(secrets, folder);
        return await RehearsalSession.StartAsync(Shaped(options, spec.Spec!), folder, own with { Read = spec }, _options.Chart(context), cancellationToken);
    }

    /// <summary>After everything that may be refused: a folder that is not empty would be, the next time.</summary>
    private static void BeginWith(Sensitive? secrets, string folder)
    {
        if (secrets is not null)
        {
            SecretFiles.Create(Path.Combine(folder, SpecPlacement.SecretsFile), secrets);
        }
    }

    private static RehearsalOptions Shaped(RehearsalOptions options, ClusterSpec spec) => options with
    {
        ControlPlanes = spec.ControlPlanes.Count(),
        Workers = spec.Workers.Count(),
        Names = SpecPlacement.Names(spec),
        Talos = spec.Talos,
        TalosByNode = spec.Nodes.Where(node => node.Talos is not null).ToDictionary(node => node.Name, spec.TalosOf),
        Kubernetes = spec.Kubernetes,
    };

    private async Task<int> RunAsync(CommandContext context, RehearsalSession session, CancellationToken cancellationToken)
    {
        if (session.Workspace.Spec.Cilium.Chart.Kind == ChartSourceKind.StandIn)
        {
            context.Output.Note($"No chart is at hand: a small stand-in for Cilium's is installed by the real helm; --chart takes the real one");
        }

        if (session.Workspace.Spec.Nodes.Any(node => AgentConfigJson.IsWanted(session.Workspace.Spec, node)))
        {
            context.Output.Note(session.Host.RunsAgents
                ? (FormattableString)$"The filter's agents run for real, each attached in a network namespace of its own"
                : $"The filter's agents are stand-ins that look at no packet; as root, with what image/build.sh makes, real ones run and attach");
        }

        var wall = context.Environment.Time.GetTimestamp();
        var plan = (await LookAsync(session, cancellationToken)).Pending;
        var report = await UpCommand.RunAsync(context, session.Workspace, plan, new PhaseFaults(session.Host), cancellationToken);
        var again = await LookAsync(session, cancellationToken);
        var result = new Rehearsed(report, again.Converged, again.Pending.Actions.Count, context.Environment.Time.GetElapsedTime(wall));
        context.Output.Tell("Rehearsal", result, console =>
        {
            ReportView.Write(console, report);
            console.WriteLine($"  wall clock   {Durations.Short(result.Wall)}");
            console.WriteLine(again.Converged
                ? "A second run would change nothing."
                : $"A second run would still have {again.Pending.Actions.Count} things to do.");
        });
        if (context.Get(_options.Folder) is null && !context.Get(_options.Keep))
        {
            context.Output.Note($"these files are deleted now; --dir keeps them, and --keep leaves the cluster standing");
        }

        if (!again.Converged)
        {
            throw new SlipwayException(FailureReason.Unknown, "the run ended well, and a second look found the cluster otherwise")
            {
                Expected = "nothing to do, and every node ready",
                Found = again.ApiReady ? $"{again.Pending.Actions.Count} actions pending" : "a Kubernetes API that does not answer",
            };
        }

        return context.Get(_options.Keep) ? await StandAsync(context, session, cancellationToken) : ExitCodes.Ok;
    }

    private static Task<ClusterStatus> LookAsync(RehearsalSession session, CancellationToken cancellationToken) =>
        ClusterStatus.LookAsync(session.Workspace.Context(new NoEffects(session.Folder), new Reporting.NoReporter()), cancellationToken);

    private static async Task<int> StandAsync(CommandContext context, RehearsalSession session, CancellationToken cancellationToken)
    {
        context.Output.Note($"Standing until Ctrl-C, in {session.Folder}");
        if (File.Exists(session.Workspace.Folder.Kubeconfig))
        {
            context.Output.Note($"  kubectl --kubeconfig {session.Workspace.Folder.Kubeconfig} get nodes,pods -A");
            context.Output.Note($"  helm --kubeconfig {session.Workspace.Folder.Kubeconfig} list -A");
            context.Output.Note($"  talosctl --talosconfig {session.Workspace.Folder.Talosconfig} -n {session.Host.Nodes[0].Address} version");
        }

        await FlowAsync(context.Environment.Time, session.Host.Time, cancellationToken);
        return ExitCodes.Ok;
    }

    /// <summary>
    /// To other processes the machines' time goes on at least as fast as their own: what a node does by itself after a while (take
    /// back a config on trial, say) it does for them too.
    /// </summary>
    private static async Task FlowAsync(TimeProvider wall, TimeProvider machines, CancellationToken cancellationToken)
    {
        var step = TimeSpan.FromSeconds(1);
        try
        {
            while (true)
            {
                await Task.Delay(step, wall, cancellationToken);
                await Task.Delay(step, machines, cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // Ctrl-C is how standing ends.
        }
    }

    private static void PrivateFolder(string folder)
    {
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
        {
            throw RehearseOptions.Bad("--dir", $"{folder} is not empty", "a new or empty folder", "its secrets and journal would belong to other machines");
        }

        PrivateFiles.EnsureFolder(folder);
    }

    private sealed record Rehearsed(RunReport Report, bool Converged, int ActionsLeft, TimeSpan Wall);
}
