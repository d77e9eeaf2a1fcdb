using System.Text.Json.Nodes;
using Slipway.Core.Failures;
using Slipway.Core.Planning;
using Slipway.Core.Planning.Draining;
using Slipway.Core.Secrets;
using Slipway.Core.Spec;
using Slipway.Engine.Journaling;
using Slipway.Engine.Ports;
using Slipway.Engine.Running;
using Slipway.Rehearsal;
using Slipway.Tests.Engine.Running;
using Slipway.Tests.Planning;

namespace Slipway.Tests.Engine;

/// <summary>Nodes, a Kubernetes API and a helm that live in this object, and runs against them.</summary>
internal sealed class FakeWorld : ITalosFleet, IClusterConnector, ICluster, IHelm, IDisposable
{
    private readonly Dictionary<ManifestId, JsonObject> _objects = [];

    public FakeWorld(int controlPlanes = 3, int workers = 2)
    {
        Folder = new StateFolder(Path.Combine(Path.GetTempPath(), "slipway-world-" + Guid.NewGuid().ToString("N")));
        Desired = Sample.Desired(controlPlanes, workers) with { SecretsPath = Path.Combine(Folder.Path, "secrets.yaml") };
        Nodes = Desired.Spec.Nodes.ToDictionary(node => node.Name, node => new FakeNode(node, this));
    }

    public VirtualClock Time { get; } = VirtualClock.Leaping();

    public StateFolder Folder { get; }

    public DesiredState Desired { get; set; }

    public Dictionary<string, FakeNode> Nodes { get; }

    public FakeNodeWork Work { get; } = new();

    public RunOptions Options { get; set; } = new();

    public RecordingReporter Reporter { get; } = new();

    public ReleaseObservation? Release { get; set; }

    public int Upgrades { get; private set; }

    public int PendingCleared { get; private set; }

    public Action<FakeNode>? OnApply { get; set; }

    public Action? OnUpgrade { get; set; }

    public Action<FakeNode>? OnNodeUpgrade { get; set; }

    /// <summary>What a node that was installed by an image boots with.</summary>
    public Func<string, string> CmdlineOf { get; set; } = _ => "pti=on slab_nomerge";

    /// <summary>What the release brings beside its agents.</summary>
    public List<Workload> Beside { get; } = [];

    public bool CiliumRuns => Release?.Status == "deployed";

    public async Task<RunReport> UpAsync(CancellationToken cancellationToken)
    {
        using var journal = FileJournal.Start(Folder, Time);
        return await new Runner(Context(journal)).RunAsync(cancellationToken);
    }

    public RunContext Context(IJournal journal) => new()
    {
        Desired = Desired,
        Ports = new RunPorts { Fleet = this, Clusters = this, Helm = this, Reporter = Reporter, Time = Time },
        Options = Options,
        Folder = Folder,
        Journal = journal,
    };

    public void EtcdStarted(FakeNode first)
    {
        first.EtcdMember = true;
        foreach (var other in Nodes.Values.Where(node => node.Spec.Role == NodeRole.ControlPlane))
        {
            other.EtcdMember = true;
        }
    }

    public ITalosNode Node(NodeSpec node) => Nodes[node.Name];

    public ICluster Connect(Sensitive kubeconfig) => this;

    public Task<string?> NotReadyReasonAsync(CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    public Task<IReadOnlyList<KubernetesNode>> NodesAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<KubernetesNode>>(
        [.. Nodes.Values.Select(node => new KubernetesNode(node.Spec.Name, CiliumRuns, "cni plugin not initialized", "v1.34.1", [])
        {
            IsCordoned = Work.Cordons.ContainsKey(node.Spec.Name),
            IsCordonedByUs = Work.IsOurs(node.Spec.Name),
        })]);

    public Task<CordonOutcome> CordonAsync(string node, CancellationToken cancellationToken) => Task.FromResult(Work.Cordon(node));

    public Task UncordonAsync(string node, CancellationToken cancellationToken)
    {
        Work.Uncordon(node);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<NodePod>> PodsAsync(string node, CancellationToken cancellationToken) => Task.FromResult(Work.PodsOn(node));

    public Task<string?> EvictAsync(NodePod pod, CancellationToken cancellationToken) => Task.FromResult(Work.Evict(pod));

    public Task<JsonObject?> GetAsync(ManifestId id, CancellationToken cancellationToken) => Task.FromResult(_objects.GetValueOrDefault(id));

    public Task<JsonObject> ApplyAsync(Manifest manifest, CancellationToken cancellationToken)
    {
        var live = (JsonObject)manifest.Content.DeepClone();
        live["status"] = JsonNode.Parse("""{"conditions":[{"type":"Valid","status":"True"}]}""");
        return Task.FromResult(_objects[manifest.Id] = live);
    }

    public Task<IReadOnlyList<Workload>> WorkloadsAsync(string ns, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Workload>>(CiliumRuns ? [new Workload("DaemonSet", "cilium", Nodes.Count, Nodes.Count, true), .. Beside] : []);

    public Task<string> VersionAsync(CancellationToken cancellationToken) => Task.FromResult("v4.1.4");

    public SlipwayException? ChartProblem { get; set; }

    public Task CheckChartAsync(ChartSource chart, string version, CancellationToken cancellationToken) =>
        ChartProblem is null ? Task.CompletedTask : Task.FromException(ChartProblem);

    public Task<ReleaseObservation?> FindAsync(HelmTarget target, CancellationToken cancellationToken) => Task.FromResult(Release);

    public Task UpgradeAsync(HelmTarget target, HelmUpgrade upgrade, CancellationToken cancellationToken)
    {
        Upgrades++;
        OnUpgrade?.Invoke();
        Release = new ReleaseObservation("cilium", "kube-system", Upgrades, "deployed", $"cilium-{upgrade.ChartVersion}", (JsonObject)Desired.CiliumValues.DeepClone());
        return Task.CompletedTask;
    }

    public Task ClearPendingAsync(HelmTarget target, ReleaseObservation pending, CancellationToken cancellationToken)
    {
        PendingCleared++;
        Release = null;
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        Time.Dispose();
        if (Directory.Exists(Folder.Path))
        {
            Directory.Delete(Folder.Path, recursive: true);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
