using Slipway.Rehearsal.Nodes;

namespace Slipway.Rehearsal.Clusters;

/// <param name="Id">As EtcdMember.id on the wire.</param>
internal sealed record EtcdMembership(ulong Id, string Hostname, string Address, RehearsedNode Node);

/// <summary>One etcd cluster. A second bootstrap makes a second one, with the same keys and other data: the disaster that Slipway must never cause.</summary>
internal sealed class EtcdState
{
    public List<EtcdMembership> Members { get; } = [];

    /// <summary>Those whose etcd runs now.</summary>
    public HashSet<RehearsedNode> Running { get; } = [];

    /// <summary>Control planes that wait to become members; etcd takes in one at a time.</summary>
    public Queue<RehearsedNode> Joining { get; } = [];

    public bool JoinInProgress { get; set; }

    public long RaftIndex { get; set; } = 1000;

    public bool HasQuorum => Members.Count(member => Running.Contains(member.Node)) > Members.Count / 2;
}
