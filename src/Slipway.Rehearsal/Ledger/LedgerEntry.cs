using System.Text.Json.Serialization;

namespace Slipway.Rehearsal;

/// <summary>What can happen to a rehearsed node and is worth counting.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LedgerKind>))]
public enum LedgerKind
{
    /// <summary>A config was accepted; the detail is its mode.</summary>
    Applied,

    /// <summary>An install on the disk began; the detail is the image.</summary>
    InstallStarted,

    Installed,

    InstallFailed,

    /// <summary>The node went down; the detail says why.</summary>
    Rebooted,

    /// <summary>The node booted; the detail is the boot id.</summary>
    Booted,

    /// <summary>MachineStatus.stage changed; the detail is the stage.</summary>
    Stage,

    /// <summary>Bootstrap was accepted; from here until EtcdBootstrapped it is a mere intent.</summary>
    BootstrapRequested,

    /// <summary>A new etcd cluster began on this node. More than one of these in a cluster is a disaster.</summary>
    EtcdBootstrapped,

    EtcdJoined,

    /// <summary>MachineStatus.ready turned true.</summary>
    Ready,

    Reset,

    /// <summary>An installer came from a client instead of a registry.</summary>
    ImageImported,

    Upgraded,

    Rollback,

    /// <summary>Boot took longer than 70 minutes.</summary>
    BootLimit,

    /// <summary>A fault on order struck.</summary>
    Fault,

    /// <summary>The Kubernetes API of the cluster came up.</summary>
    KubernetesUp,

    KubernetesDown,

    /// <summary>A config that was on trial was taken back.</summary>
    TryReverted,

    MetaWritten,
}

/// <summary>One thing that happened to one node.</summary>
/// <param name="At">Virtual time since the rehearsal began.</param>
/// <param name="Node">The node's name, or the cluster's endpoint for what concerns no single node.</param>
/// <param name="Detail">Never a secret.</param>
public sealed record LedgerEntry(TimeSpan At, string Node, LedgerKind Kind, string Detail)
{
    public override string ToString() => $"{At:hh\\:mm\\:ss\\.f} {Node} {Kind} {Detail}".TrimEnd();
}
