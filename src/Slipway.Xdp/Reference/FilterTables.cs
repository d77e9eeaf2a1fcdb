namespace Slipway.Xdp.Reference;

/// <summary>
/// All that a verdict rests on apart from the packet and the buckets: what the loader writes into the program's maps, in the
/// shapes that a person would write it down in.
/// </summary>
public sealed record FilterTables
{
    /// <summary>What becomes of drops.</summary>
    public required FilterMode Mode { get; init; }

    /// <summary>The node's own addresses: everything else is none of the filter's business.</summary>
    public required IReadOnlySet<PacketAddress> Own { get; init; }

    /// <summary>What the node's UDP ports are for; ports that are not named have no role.</summary>
    public IReadOnlyDictionary<ushort, PortRole> UdpRoles { get; init; } = new Dictionary<ushort, PortRole>();

    /// <summary>What the node's TCP ports are for; ports that are not named have no role.</summary>
    public IReadOnlyDictionary<ushort, PortRole> TcpRoles { get; init; } = new Dictionary<ushort, PortRole>();

    /// <summary>Addresses that are listed by themselves, the node's own among them.</summary>
    public IReadOnlyDictionary<PacketAddress, PeerMeta> Peers { get; init; } = new Dictionary<PacketAddress, PeerMeta>();

    /// <summary>Networks, in any order: the longest that fits counts.</summary>
    public IReadOnlyList<PrefixRule> Prefixes { get; init; } = [];

    /// <summary>The cluster's shred version (getClusterNodes); 0 when it is not to be checked.</summary>
    public ushort ShredVersion { get; init; }

    /// <summary>The validator's identity, 32 bytes; empty or all zero when recipients are not to be checked.</summary>
    public ReadOnlyMemory<byte> Identity { get; init; }

    /// <summary>Limits by role and group; what is not named is not limited.</summary>
    public IReadOnlyDictionary<(PortRole Role, PeerGroup Group), LimitPair> Limits { get; init; } = new Dictionary<(PortRole, PeerGroup), LimitPair>();

    /// <summary>CPUs that take what unknown sources send beyond their limits; empty when it is dropped.</summary>
    public IReadOnlyList<uint> ExileCpus { get; init; } = [];

    /// <summary>The agent's last sign of life is older than allowed: drops that rest on its word are suspended.</summary>
    public bool AgentIsSilent { get; init; }

    /// <summary>By which sources share buckets; of no matter when no buckets are given.</summary>
    public SourceHash Hash { get; init; }

    /// <summary>A CPU pays at most burst >> this ahead into a peer's bucket: 3 + log2 of the CPUs, so that all of them pay an eighth.</summary>
    public int LeaseShift { get; init; } = 3;

    /// <summary>Who an address is: listed by itself, or by the longest prefix, or unknown.</summary>
    public PeerMeta Find(PacketAddress address)
    {
        if (Peers.TryGetValue(address, out var listed))
        {
            return listed;
        }

        var longest = -1;
        var meta = default(PeerMeta);
        foreach (var rule in Prefixes)
        {
            if (rule.Length > longest && address.IsIn(rule.Network, rule.Length))
            {
                (longest, meta) = (rule.Length, rule.Meta);
            }
        }

        return meta;
    }
}
