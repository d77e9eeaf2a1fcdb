using Slipway.Rehearsal.Clusters;
using Slipway.Rehearsal.Resources;

namespace Slipway.Rehearsal.Nodes;

/// <content>etcd on this node: who may start it, and what is known of its members.</content>
internal sealed partial class RehearsedNode
{
    private EtcdState? _etcd;
    private bool _bootstrapIntent;

    /// <summary>A control plane that has no etcd data and was not told to begin: it wants to join.</summary>
    public bool WaitsForEtcd { get; private set; }

    public EtcdState? Etcd => _etcd;

    /// <summary>
    /// Bootstrap, with its preconditions in Talos' order (v1alpha1_server.go). The intent is kept in memory only: a reboot
    /// before etcd has written its data loses it, and nobody is told.
    /// </summary>
    public void Bootstrap()
    {
        lock (_world.Gate)
        {
            var criUp = _services.TryGetValue("cri", out var cri) && cri.IsUp;
            var installing = Traits.AppliesWithoutReboot && Install is not (InstallPhase.None or InstallPhase.Installed);
            if (!criUp || installing || (Traits.AppliesWithoutReboot && _rebootRequested))
            {
                throw Refusal.NotNow("bootstrap is not available yet");
            }

            if (!IsControlPlane)
            {
                throw Refusal.NotServed("bootstrap can only be performed on a control plane node");
            }

            if (Traits.AppliesWithoutReboot && _active!.EtcdCa is null)
            {
                throw new Refusal(RefusalCode.InvalidArgument, "etcd CA is not configured");
            }

            if (!TimeSynced)
            {
                throw Refusal.NotNow("time is not in sync yet");
            }

            if (_disk.EtcdData)
            {
                throw new Refusal(RefusalCode.AlreadyExists, "etcd data directory is not empty");
            }

            Write(LedgerKind.BootstrapRequested);
            if (!_bootstrapIntent)
            {
                _bootstrapIntent = true;
                After(Takes(3, 6, "etcd-bootstrap"), BeginEtcd);
            }
        }
    }

    /// <exception cref="Refusal">No member runs here, or (asked of the cluster) it has lost its quorum.</exception>
    public IReadOnlyList<EtcdMembership> EtcdMembers(bool local)
    {
        lock (_world.Gate)
        {
            var etcd = RunningEtcd();
            return local || etcd.HasQuorum ? [.. etcd.Members] : throw new Refusal(RefusalCode.Unavailable, "etcdserver: no leader");
        }
    }

    public EtcdState RunningEtcd() => !IsControlPlane
        ? throw Refusal.NotServed("member list is only available on control plane nodes")
        : _etcd is { } etcd && etcd.Running.Contains(this)
            ? etcd
            : throw Refusal.NotNow("etcd service is not running");

    public void LeaveEtcd()
    {
        lock (_world.Gate)
        {
            RunningEtcd();
            Cluster!.Leave(this);
            Cluster.Discovered[Plate.Name] = this;
            _disk = _disk with { EtcdData = false };
            _etcd = null;
            Service("etcd", "Finished", "left the cluster", null);
        }
    }

    public void RemoveEtcdMember(ulong id)
    {
        lock (_world.Gate)
        {
            var etcd = RunningEtcd();
            if (etcd.Members.RemoveAll(member => member.Id == id) == 0)
            {
                throw new Refusal(RefusalCode.NotFound, "etcdserver: member not found");
            }
        }
    }

    /// <summary>The cluster took this node in; called under the lock.</summary>
    public void JoinedEtcd(EtcdState etcd)
    {
        Write(LedgerKind.EtcdJoined);
        EtcdRuns(etcd);
    }

    private void StartEtcd()
    {
        if (_disk.EtcdData)
        {
            // A member that comes back finds its data and its peers.
            After(Takes(3, 8, "etcd-return"), () =>
            {
                if (Cluster!.Etcd is { } etcd)
                {
                    Cluster.EtcdUp(etcd, this);
                    EtcdRuns(etcd);
                }
            });
            return;
        }

        WaitsForEtcd = true;
        Cluster!.Join(this);
    }

    private void BeginEtcd()
    {
        if (_disk.EtcdData)
        {
            return;
        }

        WaitsForEtcd = false;
        EtcdRuns(Cluster!.BootstrapEtcd(this));
    }

    private void EtcdRuns(EtcdState etcd)
    {
        _etcd = etcd;
        WaitsForEtcd = false;
        _disk = _disk with { EtcdData = true };
        Up("etcd");
        Changed(ResourceTypes.EtcdMember);
        CheckBootDone();
        After(Takes(8, 20, "static-pods"), () =>
        {
            StaticPodsUp = true;
            Changed(ResourceTypes.StaticPodStatus);
            Cluster!.StaticPodsUp(this, _active!);
            StatusChanged();
        });
    }

    /// <summary>There is an API to register with; called under the lock.</summary>
    public void KubernetesAppeared()
    {
        if (_services.TryGetValue("kubelet", out var kubelet) && kubelet.IsUp && _active is { } config)
        {
            Cluster!.KubeletUp(this, config);
        }
    }
}
