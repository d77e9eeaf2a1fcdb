using Slipway.Cli.Composition;
using Slipway.Core.Planning;
using Slipway.Core.Secrets;
using Slipway.Core.Spec;
using Slipway.Engine.Journaling;
using Slipway.Engine.Phases;
using Slipway.Engine.Ports;
using Slipway.Engine.Running;
using Slipway.Rehearsal;
using Slipway.Rehearsal.Nodes;
using Slipway.Talos.Adapters;
using Slipway.Talos.Pki;
using Slipway.Tests.Planning;
using Slipway.Tests.Rehearsal.Nodes;
using Slipway.Tests.Rehearsal.Serving;

namespace Slipway.Tests.Engine.Running;

/// <summary>Rehearsed workers that run at MTU 1500, and a spec that wants another: the phase that configures workers goes to work on them.</summary>
internal sealed class TrialBench : IAsyncDisposable
{
    private const string Link = "enp1s0f0np0";

    private readonly FakeWorld _others = new(1, 1);
    private readonly TalosFleet _fleet;
    private readonly DesiredState _desired;

    private TrialBench(RehearsalBench bench, string talos, int mtu, bool dhcp)
    {
        Bench = bench;
        var identity = ClientIdentity.Mint(ConfigText.Secrets.Os, ["os:admin"], TimeSpan.FromDays(1), TimeProvider.System.GetUtcNow()).Pair;
        _fleet = new TalosFleet(bench.Clock, ConfigText.Secrets.Os.Certificate, () => identity);
        var sample = Sample.Desired(talos: talos);
        _desired = sample with
        {
            Configs = bench.Host.Nodes.ToDictionary(node => node.Name, node => new Sensitive(Config(node, mtu, dhcp))),
            Spec = sample.Spec with
            {
                Nodes =
                [
                    .. bench.Host.Nodes.Select(node => new NodeSpec
                    {
                        Name = node.Name, Address = node.Address.ToString(), Role = node.Role, Install = new InstallSpec { Serial = node.DiskSerial },
                    }),
                ],
            },
        };
    }

    public RehearsalBench Bench { get; }

    public RecordingReporter Reporter => _others.Reporter;

    public static Task<TrialBench> StartAsync(string talos, int workers, int mtu, params Fault[] faults) => StartAsync(talos, workers, mtu, dhcp: true, faults);

    /// <param name="dhcp">False forgets what Slipway itself never forgets: that a document about a link ends DHCP.</param>
    public static async Task<TrialBench> StartAsync(string talos, int workers, int mtu, bool dhcp, params Fault[] faults)
    {
        var bench = await RehearsalBench.StartAsync(talos, 1, workers, faults);
        var trial = new TrialBench(bench, talos, mtu, dhcp);
        await Task.WhenAll(bench.Host.Nodes.Select(node => bench.ConfigureAsync(node.Name, trial.Config(node, 1500, dhcp: true))));
        await bench.Until(() => bench.Host.Machines.Skip(1).All(node => node.Stage == MachineStage.Running));
        return trial;
    }

    /// <summary>What one run does to the workers.</summary>
    public async Task RunAsync(Func<IJournal, IJournal>? journal = null)
    {
        using var file = FileJournal.Start(_others.Folder, Bench.Clock);
        var run = new RunContext
        {
            Desired = _desired,
            Ports = new RunPorts { Fleet = new BusyFleet(_fleet, Bench.Clock), Clusters = _others, Helm = _others, Reporter = Reporter, Time = Bench.Clock },
            Options = new RunOptions(),
            Folder = _others.Folder,
            Journal = journal?.Invoke(file) ?? file,
        };
        var phase = new ConfigurePhase(NodeRole.Worker);
        var cancel = TestContext.Current.CancellationToken;
        await phase.ObserveAsync(run, new Observer(run), cancel);
        await phase.ApplyAsync(run, phase.Plan(_desired, run.State.Snapshot()), cancel);
    }

    /// <summary>Modes of the configs that a worker took, without that of its install.</summary>
    public IReadOnlyList<string> Applied(string worker) =>
        [.. Bench.Host.Ledger.Where(entry => entry.Node == worker && entry.Kind == LedgerKind.Applied).Skip(1).Select(entry => entry.Detail)];

    public int Reverted(string worker) => Bench.Host.Ledger.Count(entry => entry.Node == worker && entry.Kind == LedgerKind.TryReverted);

    /// <summary>MTU of the link in the config on disk and in the one that is in force.</summary>
    public (int Saved, int Active) Mtu(string worker)
    {
        var node = Bench.Node(worker);
        lock (node.World.Gate)
        {
            return (Of(node.Persistent!.Text), Of(node.Active!.Text));
        }

        static int Of(string config) => config.Contains("mtu: 9000", StringComparison.Ordinal) ? 9000 : 1500;
    }

    public async ValueTask DisposeAsync()
    {
        await _fleet.DisposeAsync();
        await Bench.DisposeAsync();
        _others.Dispose();
    }

    private string Config(RehearsedMachine node, int mtu, bool dhcp)
    {
        if (node.Role == NodeRole.ControlPlane)
        {
            return Bench.ControlPlaneConfig(node.Name);
        }

        return node.Talos.IsAtLeast(1, 12)
            ? Bench.WorkerConfig(node.Name, documents: $"---\n{{apiVersion: v1alpha1, kind: LinkConfig, name: {Link}, mtu: {mtu}}}\n" + (dhcp ? $"---\n{{apiVersion: v1alpha1, kind: DHCPv4Config, name: {Link}}}\n" : ""))
            : Bench.WorkerConfig(node.Name).Replace($"network: {{hostname: {node.Name}}}", $"network: {{hostname: {node.Name}, interfaces: [{{interface: {Link}, dhcp: {(dhcp ? "true" : "false")}, mtu: {mtu}}}]}}", StringComparison.Ordinal);
    }
}
