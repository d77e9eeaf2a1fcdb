using System.Net;

namespace Slipway.Xdp.Maps;

/// <summary>What the filter goes by, apart from ports and peers. It is swapped whole: no packet is judged by half of it.</summary>
public sealed record FilterPolicy
{
    /// <summary>Nothing is ours, nothing is limited: everything passes.</summary>
    public static FilterPolicy Empty { get; } = new();

    /// <summary>The node's addresses, at most 8 of each family; what is for others passes at once.</summary>
    public IReadOnlyList<IPAddress> OwnAddresses { get; init; } = [];

    /// <summary>The cluster's shred version (getClusterNodes of the own entry); 0 is not checked.</summary>
    public ushort ShredVersion { get; init; }

    /// <summary>The validator's identity, 32 bytes; empty is not checked.</summary>
    public ReadOnlyMemory<byte> Identity { get; init; }

    /// <summary>By role and group; what is not named has no limit. Group special has none.</summary>
    public IReadOnlyDictionary<(PortRole Role, PeerGroup Group), RoleLimits> Limits { get; init; } =
        new Dictionary<(PortRole, PeerGroup), RoleLimits>();

    /// <summary>Lets pass verdicts write 4 bytes of metadata before the packet. Off by default: Cilium reads metadata.</summary>
    public bool MarkMetadata { get; init; }

    /// <summary>The DSCP (0 to 63) that accepted packets get by their group, 0 where none is named; null leaves all packets as they came.</summary>
    public IReadOnlyDictionary<PeerGroup, byte>? MarkDscp { get; init; }

    /// <summary>CPUs (at most 8) that take what unknown sources send beyond their limits; empty: it is dropped.</summary>
    public IReadOnlyList<int> ExileCpus { get; init; } = [];

    /// <summary>Packets that may wait on each of them; a short queue overflows onto the exiled only.</summary>
    public int ExileQueue { get; init; } = 512;

    /// <summary>A number for people and metrics.</summary>
    public ulong Generation { get; init; }
}
