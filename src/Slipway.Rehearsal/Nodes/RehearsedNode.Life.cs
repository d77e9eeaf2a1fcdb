using System.Security.Cryptography;
using System.Text;
using Slipway.Rehearsal.Configs;
using Slipway.Rehearsal.Files;
using Slipway.Rehearsal.Resources;
using Slipway.Talos.Wire.Machine;

namespace Slipway.Rehearsal.Nodes;

/// <content>Power, boot, reboot.</content>
internal sealed partial class RehearsedNode
{
    /// <summary>Boot has to be through by then, or the node reboots (Talos pkg/machinery/constants, BootTimeout).</summary>
    public static TimeSpan BootTimeout { get; } = TimeSpan.FromMinutes(70);

    private ITimer? _bootLimit;
    private bool _rebootRequested;

    /// <summary>Switches the machine on. It is in maintenance at once when its disk holds no config.</summary>
    public void PowerOn()
    {
        lock (_world.Gate)
        {
            Boot();
        }
    }

    /// <summary>As if the plug was pulled, and put in again after a while.</summary>
    public void PowerCut(TimeSpan off)
    {
        lock (_world.Gate)
        {
            GoDown("power cut", off);
        }
    }

    /// <summary>What a fault does at the moment that it is armed; the others wait for their occasion. Under the world's lock.</summary>
    public void StruckBy(FaultKind kind)
    {
        switch (kind)
        {
            case FaultKind.NeverBack:
                GoDown("power cut", null);
                break;
            case FaultKind.WrongCertificate:
                Write(LedgerKind.Fault, "another CA's certificate from now on");
                BeginApiLife();
                break;
            case FaultKind.WrongUuid:
                Write(LedgerKind.Fault, "another machine's UUID from now on");
                Plate = Plate with { Hardware = Plate.Hardware.Swapped() };
                Changed(ResourceTypes.SystemInformation);
                break;
        }
    }

    /// <returns>The actor id that the events of the reboot carry.</returns>
    public string Reboot()
    {
        lock (_world.Gate)
        {
            var actor = NewActor("reboot");
            BeginReboot("reboot", "asked for", actor);
            return actor;
        }
    }

    public string Shutdown()
    {
        lock (_world.Gate)
        {
            var actor = NewActor("shutdown");
            PublishSequence("shutdown", SequenceEvent.Types.Action.Start, actor);
            SetStage(MachineStage.ShuttingDown, actor);
            After(Takes(5, 15, "shutdown"), () => GoDown("shutdown", null));
            return actor;
        }
    }

    private void BeginReboot(string sequence, string reason, string actor)
    {
        if (_rebootRequested)
        {
            return;
        }

        _rebootRequested = true;
        PublishSequence(sequence, SequenceEvent.Types.Action.Start, actor);
        SetStage(MachineStage.Rebooting, actor);
        After(Takes(3, 8, "stop"), () => GoDown(reason, Takes(30, 120, "firmware")));
    }

    /// <param name="back">How long until Talos runs again; null for never.</param>
    private void GoDown(string reason, TimeSpan? back)
    {
        _boots++;
        _bootLimit?.Dispose();
        CancelTrial();
        _services.Clear();
        _world.Agents?.Stop(Plate.Name);
        Write(LedgerKind.Rebooted, reason);
        Cluster?.Down(this);
        Stage = MachineStage.Unknown;
        SetApi(ApiPresence.Away);
        _events.Clear();
        CloseWatches();
        if (_world.FaultOn(FaultKind.NeverBack, Plate.Name) is not null)
        {
            Write(LedgerKind.Fault, "never comes back");
        }
        else if (back is { } wait)
        {
            After(wait, Boot);
        }
    }

    private void Boot()
    {
        _boots++;
        (_rebootRequested, _cutOff) = (false, false);
        _services.Clear();
        _lastStatus = "";
        _wasReady = false;
        (TimeSynced, StaticPodsUp, KubernetesReady, _bootstrapIntent, Install) = (false, false, false, false, InstallPhase.None);
        (_etcd, WaitsForEtcd, _active, Persistent) = (null, false, null, null);
        BootedAt = _world.Clock.GetUtcNow();
        BootId = new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{Plate.Hardware.Uuid}/{_boots}")).AsSpan(0, 16)).ToString();
        Booted = _disk;
        Traits = new TalosTraits(_disk.Talos ?? Plate.Talos);
        Write(LedgerKind.Booted, BootId);
        SetStage(MachineStage.Booting);
        Service("machined", "Running", "Service started as goroutine", null);
        // The saved config was valid when it was saved; a node never finds out that it is not any more.
        Persistent = _disk.Config is { } text ? ConfigReader.Read(text, Traits.Version, Plate.Hardware, installed: true).Config : null;
        if (Persistent is { IsComplete: true } config)
        {
            StartWith(config);
        }
        else
        {
            EnterMaintenance();
        }
    }

    private void EnterMaintenance()
    {
        TimeSynced = true;
        if (Traits.MaintenanceIsReader)
        {
            Up("apid");
        }

        SetStage(MachineStage.Maintenance);
        SetApi(ApiPresence.Maintenance);
    }

    /// <summary>The boot sequence of a configured node, from the moment that it has its config.</summary>
    private void StartWith(NodeConfig config)
    {
        _active = config;
        Cluster = _world.ClusterOf(config.ClusterKey);
        Cluster.Discovered[Plate.Name] = this;
        ConfigChanged();
        _bootLimit = AfterLimit(BootTimeout, BootTookTooLong);
        PublishSequence("boot", SequenceEvent.Types.Action.Start);
        After(Takes(1, 2, "containerd"), () =>
        {
            Up("containerd");
            StartExtensionServices();
            After(Takes(1, 2, "apid"), StartApi);
            After(Takes(2, 4, "ntp"), SyncTime);
            After(Takes(4, 8, "cri"), StartWorkloads);
        });
    }

    private void StartApi()
    {
        if (IsControlPlane)
        {
            Up("trustd");
            Cluster!.TrustdUp(this);
            AnswerForCluster();
            return;
        }

        // A worker has no CA key: its certificate comes from a control plane's trustd, and it cannot answer before.
        Service("apid", "Waiting", "Waiting for api certificates", null);
        var boot = _boots;
        Cluster!.WhenTrustdUp(() => RunIf(boot, AnswerForCluster));
    }

    private void AnswerForCluster()
    {
        Up("apid");
        SetApi(ApiPresence.Cluster);
        CheckBootDone();
    }

    private void SyncTime()
    {
        TimeSynced = true;
        Changed(ResourceTypes.TimeStatus);
        StatusChanged();
    }

    private void StartWorkloads()
    {
        Up("cri");
        if (IsControlPlane)
        {
            Service("etcd", "Preparing", "Running pre state", null);
            StartEtcd();
        }

        After(Takes(4, 10, "kubelet"), () =>
        {
            Up("kubelet");
            Cluster!.KubeletUp(this, _active!);
            CheckBootDone();
        });
    }

    /// <summary>Boot is through when every service is up; the Kubernetes node need not be Ready for that.</summary>
    private void CheckBootDone()
    {
        if (Stage == MachineStage.Booting && Array.TrueForAll(RequiredServices, id => _services.TryGetValue(id, out var service) && service.IsUp || id == "machined"))
        {
            PublishSequence("boot", SequenceEvent.Types.Action.Stop);
            SetStage(MachineStage.Running);
        }
    }

    private void BootTookTooLong()
    {
        var unmet = string.Join(", ", Unmet().Select(condition => condition.Name));
        Write(LedgerKind.BootLimit, unmet);
        PublishSequence("boot", SequenceEvent.Types.Action.Stop, error: "boot sequence timed out");
        BeginReboot("reboot", "boot took longer than 70 minutes", "");
    }

    private string NewActor(string cause) =>
        new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{Plate.Name}/{cause}/{_draws++}")).AsSpan(0, 16)).ToString();

    private void ConfigChanged()
    {
        _world.Agents?.Configure(Plate.Name, _active is { } config ? FilterFiles.ConfigText(config) : null);
        Changed(ResourceTypes.MachineConfig);
        Changed(ResourceTypes.MachineType);
        Changed(ResourceTypes.KernelParamStatus);
        Changed(ResourceTypes.LinkStatus);
        Changed(ResourceTypes.AddressStatus);
        Changed(ResourceTypes.EthernetStatus);
    }
}
