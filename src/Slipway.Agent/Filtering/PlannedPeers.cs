using System.Collections;
using System.Net;
using Slipway.Agent.Stake;
using Slipway.Xdp;
using Slipway.Xdp.Maps;
using Slipway.Xdp.Status;

namespace Slipway.Agent.Filtering;

/// <summary>
/// Who is known, and why: networks of the configuration, then the addresses of the stake table itself, which are made into words only
/// while somebody reads them. As texts they would be a tenth of the agent's memory.
/// </summary>
internal sealed class PlannedPeers(IReadOnlyList<(IPNetwork Network, PeerClass Class)> networks, IReadOnlyList<StakedAddress> addresses) : IReadOnlyList<PeerStatus>
{
    private readonly IReadOnlyList<(IPNetwork Network, PeerClass Class)> _networks = networks;
    private readonly IReadOnlyList<StakedAddress> _addresses = addresses;

    public int Count => _networks.Count + _addresses.Count;

    public PeerStatus this[int index]
    {
        get
        {
            var lamports = index < _networks.Count ? 0 : _addresses[index - _networks.Count].Lamports;
            var peer = PeerAt(index);
            return new PeerStatus { Network = peer.Network.ToString(), Class = peer.Class, Weight = peer.Weight, Lamports = lamports };
        }
    }

    /// <summary>As the filter's table takes them.</summary>
    public IEnumerable<Peer> ForTable() => Enumerable.Range(0, Count).Select(PeerAt);

    /// <summary>Whether a table that was filled with the other would be the same.</summary>
    public bool IsSameAs(PlannedPeers other) =>
        _networks.SequenceEqual(other._networks) && (ReferenceEquals(_addresses, other._addresses) || _addresses.SequenceEqual(other._addresses));

    public IEnumerator<PeerStatus> GetEnumerator() => Enumerable.Range(0, Count).Select(index => this[index]).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private Peer PeerAt(int index)
    {
        if (index < _networks.Count)
        {
            return new Peer(_networks[index].Network, _networks[index].Class);
        }

        var staked = _addresses[index - _networks.Count];
        return Peer.At(staked.Address, staked.Lamports > 0 ? PeerClass.Staked : PeerClass.Known, FilterPlan.WeightOf(staked.Lamports));
    }
}
