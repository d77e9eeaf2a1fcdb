using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Slipway.Core.Secrets;
using Slipway.Rehearsal.Configs;
using Slipway.Rehearsal.Nodes;

namespace Slipway.Rehearsal.Clusters;

/// <summary>
/// What the nodes of one cluster share: who hands out certificates to workers, etcd, the Kubernetes API. Nodes belong to
/// one cluster when their configs have the same Talos CA and token. Guarded by the world's lock.
/// </summary>
internal sealed class RehearsedCluster(World world, string key)
{
    private readonly HashSet<RehearsedNode> _trustd = [];
    private readonly List<Action> _waitingForTrustd = [];
    private readonly HashSet<RehearsedNode> _staticPods = [];
    private readonly Dictionary<string, RehearsedNode> _kubelets = [];
    private EtcdState? _etcd;
    private IRehearsedKubernetes? _kubernetes;
    private PemPair? _kubernetesCa;
    private bool _available;
    private bool _heldAway;

    public string Key => key;

    /// <summary>Control planes and workers whose config names this cluster, for discovery.</summary>
    public SortedDictionary<string, RehearsedNode> Discovered { get; } = new(StringComparer.Ordinal);

    public EtcdState? Etcd => _etcd;

    public bool KubernetesBorn => _kubernetes is not null;

    /// <summary>A control plane's trustd hands certificates to workers; without one a worker's API cannot start.</summary>
    public void TrustdUp(RehearsedNode node)
    {
        _trustd.Add(node);
        foreach (var waiting in _waitingForTrustd)
        {
            world.Clock.CreateTimer(_ => waiting(), null, TimeSpan.FromSeconds(2), Timeout.InfiniteTimeSpan);
        }

        _waitingForTrustd.Clear();
    }

    public void WhenTrustdUp(Action then)
    {
        if (_trustd.Count > 0)
        {
            then();
        }
        else
        {
            _waitingForTrustd.Add(then);
        }
    }

    /// <summary>A new etcd cluster begins with this node.</summary>
    public EtcdState BootstrapEtcd(RehearsedNode node)
    {
        var etcd = new EtcdState();
        etcd.Members.Add(MembershipOf(node));
        etcd.Running.Add(node);
        // Those who waited join whichever cluster appeared first.
        _etcd ??= etcd;
        world.Ledger.Write(node.Plate.Name, LedgerKind.EtcdBootstrapped, Key);
        foreach (var waiting in Discovered.Values.Where(other => other != node && other.WaitsForEtcd).ToList())
        {
            Join(waiting);
        }

        return etcd;
    }

    /// <summary>A control plane without etcd data asks in. Nothing happens until there is an etcd to join.</summary>
    public void Join(RehearsedNode node)
    {
        if (_etcd is { } etcd && !etcd.Joining.Contains(node))
        {
            etcd.Joining.Enqueue(node);
            JoinNext(etcd);
        }
    }

    public void EtcdUp(EtcdState etcd, RehearsedNode node)
    {
        etcd.Running.Add(node);
        JoinNext(etcd);
        UpdateAvailability();
    }

    public void Down(RehearsedNode node)
    {
        _trustd.Remove(node);
        _staticPods.Remove(node);
        _etcd?.Running.Remove(node);
        if (_kubelets.ContainsValue(node))
        {
            _kubernetes?.SetUp(node.Hostname, up: false);
        }

        UpdateAvailability();
    }

    /// <summary>A reset or removed member is gone for good.</summary>
    public void Leave(RehearsedNode node)
    {
        _etcd?.Members.RemoveAll(member => member.Node == node);
        Discovered.Remove(node.Plate.Name);
        Down(node);
    }

    /// <summary>kube-apiserver and its siblings run on this control plane.</summary>
    public void StaticPodsUp(RehearsedNode node, NodeConfig config)
    {
        _staticPods.Add(node);
        if (_kubernetes is null && config.KubernetesCa is { Key: not null } ca && config.Endpoint is { } endpoint)
        {
            _kubernetes = world.KubernetesFor(this);
            _kubernetesCa = ca;
            _kubernetes.NodeReadyChanged += OnNodeReady;
            string[] names = [.. config.ApiServerNames, .. Discovered.Values.Where(other => other.IsControlPlane).Select(other => other.Plate.Address.ToString())];
            _kubernetes.Start(new KubernetesBirth(new Uri(endpoint), names, ca, config.PodCidr, config.ServiceCidr));
            world.Ledger.Write(endpoint, LedgerKind.KubernetesUp);
            world.OrderApiAway(this);
        }

        UpdateAvailability();
        foreach (var other in Discovered.Values)
        {
            other.KubernetesAppeared();
        }
    }

    /// <summary>A kubelet runs; it registers once there is an API, and only under the same Kubernetes CA.</summary>
    public void KubeletUp(RehearsedNode node, NodeConfig config)
    {
        if (_kubernetes is null || config.KubernetesCa is null || config.KubernetesCa.Certificate.Trim() != _kubernetesCa?.Certificate.Trim())
        {
            return;
        }

        if (_kubelets.TryAdd(node.Hostname, node))
        {
            _kubernetes.Register(new KubeletRegistration(
                node.Hostname,
                node.Plate.Address,
                node.IsControlPlane,
                config.AllowsSchedulingOnControlPlanes,
                config.NodeLabels,
                config.NodeTaints,
                $"Talos ({node.Traits.Version})"));
        }

        _kubernetes.SetUp(node.Hostname, up: true);
    }

    /// <summary>For the fault that takes the API away for a time.</summary>
    public void HoldAway(bool away)
    {
        _heldAway = away;
        UpdateAvailability();
    }

    private void OnNodeReady(string name, bool ready)
    {
        lock (world.Gate)
        {
            if (_kubelets.TryGetValue(name, out var node))
            {
                node.SetKubernetesReady(ready);
            }
        }
    }

    private void UpdateAvailability()
    {
        var available = !_heldAway && _staticPods.Count > 0 && _etcd is { HasQuorum: true };
        if (available != _available)
        {
            _available = available;
            _kubernetes?.SetAvailable(available);
            if (!available)
            {
                world.Ledger.Write(Key, LedgerKind.KubernetesDown, _heldAway ? "fault" : "no control plane serves it");
            }
        }
    }

    private void JoinNext(EtcdState etcd)
    {
        if (etcd.JoinInProgress || !etcd.HasQuorum || !etcd.Joining.TryDequeue(out var node))
        {
            return;
        }

        etcd.JoinInProgress = true;
        world.Clock.CreateTimer(_ => Joined(etcd, node), null, node.Takes(5, 20, "etcd-join"), Timeout.InfiniteTimeSpan);
    }

    private void Joined(EtcdState etcd, RehearsedNode node)
    {
        lock (world.Gate)
        {
            etcd.JoinInProgress = false;
            if (node.WaitsForEtcd)
            {
                etcd.Members.Add(MembershipOf(node));
                etcd.Running.Add(node);
                etcd.RaftIndex += 100;
                node.JoinedEtcd(etcd);
                UpdateAvailability();
            }

            JoinNext(etcd);
        }
    }

    /// <summary>etcd makes ids from the peer URLs and the time; here it is the name, so that runs can be compared.</summary>
    private EtcdMembership MembershipOf(RehearsedNode node) => new(
        BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{Key}/{node.Plate.Name}"))) | 1,
        node.Hostname,
        node.Plate.Address.ToString(),
        node);
}
