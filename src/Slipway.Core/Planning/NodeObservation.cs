using Slipway.Core.Failures;
using Slipway.Core.Secrets;
using Slipway.Core.Versions;

namespace Slipway.Core.Planning;

public enum NodeMode
{
    /// <summary>No answer; <see cref="NodeObservation.Failure"/> says why.</summary>
    Unreachable,

    /// <summary>Answers with its own, unknown certificate: it has no configuration.</summary>
    Maintenance,

    /// <summary>Answers to our cluster's certificates.</summary>
    Configured,
}

/// <summary>Talos' MachineStatus.stage.</summary>
public enum NodeStage
{
    Unknown,
    Booting,
    Installing,
    Maintenance,
    Running,
    Rebooting,
    ShuttingDown,
    Resetting,
    Upgrading,
}

/// <summary>What one node says of itself at one moment. Fields that the node's mode or version does not tell are null.</summary>
public sealed record NodeObservation
{
    /// <summary>The node's name in the spec.</summary>
    public required string Name { get; init; }

    public required NodeMode Mode { get; init; }

    public NodeFailure? Failure { get; init; }

    public ReleaseVersion? Talos { get; init; }

    public string? Uuid { get; init; }

    public string? Serial { get; init; }

    /// <summary>Permanent MACs of the physical links, lower case.</summary>
    public IReadOnlyList<string> Macs { get; init; } = [];

    /// <summary><c>controlplane</c>, <c>worker</c> or null.</summary>
    public string? MachineType { get; init; }

    public NodeStage Stage { get; init; } = NodeStage.Unknown;

    /// <summary>MachineStatus.ready; false on every node until a CNI runs.</summary>
    public bool Ready { get; init; }

    /// <summary>Names of MachineStatus' unmet conditions.</summary>
    public IReadOnlyList<UnmetCondition> Unmet { get; init; } = [];

    /// <summary>The config as it was last submitted and saved on disk.</summary>
    public Sensitive? Config { get; init; }

    public string? BootId { get; init; }

    /// <summary>Null on a node in maintenance mode, and where the node was asked for its stage alone.</summary>
    public BootObservation? Boot { get; init; }

    public IReadOnlyList<DiskObservation> Disks { get; init; } = [];

    public IReadOnlyList<LinkObservation> Links { get; init; } = [];

    /// <summary>Logical CPUs that the firmware tells of (SMBIOS); null when it tells of none. Known in maintenance mode too.</summary>
    public int? Threads { get; init; }

    /// <summary>Cores that the firmware tells of; null when it tells of none.</summary>
    public int? Cores { get; init; }

    /// <summary>Base64 of SHA-256 over the SubjectPublicKeyInfo of the certificate that the node showed.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>Member id in etcd, hexadecimal, when the node says that it is one.</summary>
    public string? EtcdMemberId { get; init; }

    public bool? TimeSynced { get; init; }

    /// <summary>Why the install failed, in the node's words; it does not try again by itself. Told from Talos 1.14 on.</summary>
    public string? InstallFailure { get; init; }
}

public sealed record NodeFailure(FailureReason Reason, string Message);

public sealed record UnmetCondition(string Name, string Reason);

/// <param name="Size">Bytes.</param>
public sealed record DiskObservation(string Device, string? Serial, string? Wwid, string? Model, ulong Size, bool IsSystemDisk, bool ReadOnly);

/// <param name="SpeedMbit">0 when the link does not say.</param>
/// <param name="Addresses">With their prefix length.</param>
public sealed record LinkObservation(string Name, string Mac, int Mtu, bool Up, string? Driver, int SpeedMbit, IReadOnlyList<string> Addresses)
{
    /// <summary>Ethernet that no software made.</summary>
    public bool IsPhysical { get; init; }

    /// <summary>The address that the NIC was made with; the present one changes inside a bond. Null when the link has none.</summary>
    public string? PermanentMac { get; init; }

    /// <summary><c>0000:81:00.0</c>; null for links that are on no bus.</summary>
    public string? BusPath { get; init; }

    /// <summary><c>vlan</c>, <c>bond</c> …; empty for a link that no software made.</summary>
    public string Kind { get; init; } = "";

    /// <summary>The kernel's number of the link; 0 when it is not known.</summary>
    public int Index { get; init; }

    /// <summary>Index of the link beneath, which a VLAN has; else 0.</summary>
    public int ParentIndex { get; init; }

    /// <summary>Index of the bond or bridge that the link is a member of; else 0.</summary>
    public int MasterIndex { get; init; }
}
