using Slipway.Xdp;

namespace Slipway.Agent.Configuration;

/// <summary>Marks for later stages. Off by default: Cilium reads metadata, and switches read DSCP.</summary>
internal sealed record MarksConfig
{
    /// <summary>DSCP (0-63) for passed packets of a group; if any group is named, the others get 0.</summary>
    public IReadOnlyDictionary<PeerGroup, int> Dscp { get; init; } = new Dictionary<PeerGroup, int>();

    /// <summary>Four bytes in front of passed packets that say role and class.</summary>
    public bool Metadata { get; init; }
}
