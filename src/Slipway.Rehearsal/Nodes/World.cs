using Slipway.Core.Installers;
using Slipway.Rehearsal.Agents;
using Slipway.Rehearsal.Clusters;

namespace Slipway.Rehearsal.Nodes;

/// <summary>
/// What all nodes of a rehearsal share. One lock guards them all: every step is microseconds long, nothing waits under it,
/// and so nodes and clusters can call each other freely.
/// </summary>
internal sealed class World(
    VirtualClock clock, LedgerState ledger, FaultsState faults, Func<IRehearsedKubernetes> kubernetes, Func<string, Schematic?>? factory = null, Func<string, IReadOnlyList<string>?>? installers = null)
{
    private readonly Dictionary<string, RehearsedCluster> _clusters = [];

    public Lock Gate { get; } = new();

    /// <summary>Null where a stand-in writes what the filter's agents would.</summary>
    public NodeAgents? Agents { get; init; }

    public VirtualClock Clock => clock;

    public LedgerState Ledger => ledger;

    /// <summary>Those that may strike now.</summary>
    public IReadOnlyList<Fault> Faults => faults.Armed;

    /// <summary>What the image factory was told to put into the images of an id; null for an id that it never heard of.</summary>
    public Schematic? SchematicOf(string id) => id == Schematic.Empty.Id ? Schematic.Empty : factory?.Invoke(id);

    /// <summary>Extensions in an installer that no factory made; null when nobody said.</summary>
    public IReadOnlyList<string>? ExtensionsOf(string image) => installers?.Invoke(image);

    public Fault? FaultOn(FaultKind kind, string node) => faults.On(kind, node);

    public bool Ails(Ailment ailment, string node) => Faults.Any(fault => fault.Ailment == ailment && fault.Strikes(FaultKind.Ailment, node));

    public RehearsedCluster ClusterOf(string key)
    {
        if (!_clusters.TryGetValue(key, out var cluster))
        {
            _clusters[key] = cluster = new RehearsedCluster(this, key);
        }

        return cluster;
    }

    /// <summary>There is one address for a Kubernetes API, so the first cluster to be born gets it and any other has none.</summary>
    public IRehearsedKubernetes KubernetesFor(RehearsedCluster cluster)
    {
        var first = _clusters.Values.All(other => other == cluster || !other.KubernetesBorn);
        return first ? kubernetes() : new NoKubernetes();
    }

    /// <summary>Lets the faults strike that wait for this phase of the run. Under the lock.</summary>
    public void BeginPhase(string phase, IReadOnlyList<RehearsedNode> nodes)
    {
        foreach (var fault in faults.Begin(phase))
        {
            if (fault.Kind == FaultKind.ApiAway)
            {
                foreach (var cluster in _clusters.Values.Where(cluster => cluster.KubernetesBorn))
                {
                    Order(cluster, fault);
                }
            }

            foreach (var node in nodes.Where(node => fault.Strikes(fault.Kind, node.Plate.Name)))
            {
                node.StruckBy(fault.Kind);
            }
        }
    }

    /// <summary>When the API has appeared; what is ordered for a later phase comes with it.</summary>
    public void OrderApiAway(RehearsedCluster cluster)
    {
        foreach (var fault in faults.Armed.Where(fault => fault.Kind == FaultKind.ApiAway))
        {
            Order(cluster, fault);
        }
    }

    private void Order(RehearsedCluster cluster, Fault fault)
    {
        clock.CreateTimer(_ => Hold(cluster, away: true), null, fault.After, Timeout.InfiniteTimeSpan);
        clock.CreateTimer(_ => Hold(cluster, away: false), null, fault.After + fault.Away, Timeout.InfiniteTimeSpan);
    }

    private void Hold(RehearsedCluster cluster, bool away)
    {
        lock (Gate)
        {
            ledger.Write(cluster.Key, LedgerKind.Fault, away ? "Kubernetes API goes away" : "Kubernetes API comes back");
            cluster.HoldAway(away);
        }
    }
}
