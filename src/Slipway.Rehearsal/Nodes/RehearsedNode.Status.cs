using Google.Protobuf;
using Slipway.Rehearsal.Resources;
using Slipway.Talos.Wire.Machine;

namespace Slipway.Rehearsal.Nodes;

/// <content>Stage, readiness and what is told of them.</content>
internal sealed partial class RehearsedNode
{
    private bool _wasReady;
    private string _lastStatus = "";

    public MachineStage Stage { get; private set; } = MachineStage.Unknown;

    /// <summary>As Kubernetes sees the node; only a CNI makes it true.</summary>
    public bool KubernetesReady { get; private set; }

    public bool TimeSynced { get; private set; }

    public bool StaticPodsUp { get; private set; }

    public NodeEventsState Events => _events;

    /// <summary>
    /// What keeps MachineStatus.ready false. Asked only while booting or running; elsewhere ready is trivially true
    /// (Talos controllers/runtime/machine_status.go).
    /// </summary>
    public IReadOnlyList<(string Name, string Reason)> Unmet()
    {
        var unmet = new List<(string, string)>();
        if (Stage is not (MachineStage.Booting or MachineStage.Running))
        {
            return unmet;
        }

        if (!TimeSynced)
        {
            unmet.Add(("time", "time is not synced"));
        }

        var missing = RequiredServices.Where(id => !_services.ContainsKey(id)).ToList();
        var down = _services.Values.Where(service => !service.IsUp && service.State != "Finished").Select(service => service.Id).ToList();
        if (missing.Count + down.Count > 0)
        {
            unmet.Add(("services", string.Join(", ", missing.Select(id => $"{id} not registered").Concat(down.Select(id => $"{id} not running or not healthy")))));
        }

        if (IsControlPlane && !StaticPodsUp)
        {
            unmet.Add(("staticPods", "kube-system/kube-apiserver not ready"));
        }

        if (!KubernetesReady)
        {
            unmet.Add(("nodeReady", $"node \"{Hostname}\" status is not available or not ready"));
        }

        return unmet;
    }

    /// <summary>Called by the cluster, under the lock.</summary>
    public void SetKubernetesReady(bool ready)
    {
        if (KubernetesReady != ready && Api == ApiPresence.Cluster)
        {
            KubernetesReady = ready;
            Changed(ResourceTypes.NodeStatus);
            StatusChanged();
        }
    }

    private void SetStage(MachineStage stage, string actorId = "")
    {
        Stage = stage;
        Write(LedgerKind.Stage, stage.ToString().ToLowerInvariant());
        StatusChanged(actorId);
    }

    private void StatusChanged(string actorId = "")
    {
        var unmet = Unmet();
        var ready = unmet.Count == 0;
        var text = $"{Stage} {string.Join('|', unmet)}";
        if (text == _lastStatus)
        {
            return;
        }

        _lastStatus = text;
        if (Stage == MachineStage.Running && ready != _wasReady)
        {
            _wasReady = ready;
            if (ready)
            {
                Write(LedgerKind.Ready);
                _bootLimit?.Dispose();
            }
        }

        var status = new MachineStatusEvent.Types.MachineStatus { Ready = ready };
        status.UnmetConditions.AddRange(unmet.Select(condition =>
            new MachineStatusEvent.Types.MachineStatus.Types.UnmetCondition { Name = condition.Name, Reason = condition.Reason }));
        Publish(new MachineStatusEvent { Stage = (MachineStatusEvent.Types.MachineStage)Stage, Status = status }, actorId);
        Changed(ResourceTypes.MachineStatus);
    }

    private void Publish(IMessage payload, string actorId = "") => _events.Publish(_world.Clock.GetUtcNow(), actorId, payload);

    private void PublishSequence(string sequence, SequenceEvent.Types.Action action, string actorId = "", string? error = null) =>
        Publish(
            new SequenceEvent
            {
                Sequence = sequence,
                Action = action,
                Error = error is null ? null : new Talos.Wire.Common.Error { Message = error },
            },
            actorId);
}
