using Slipway.Xdp.Failures;

namespace Slipway.Xdp.Maps;

/// <summary>A list of peers made free of contradictions: one word an address, one a network.</summary>
internal sealed class PeerPlan
{
    private PeerPlan(IReadOnlyDictionary<AddressKey, Peer> singles, IReadOnlyDictionary<(AddressKey Network, int Length), Peer> prefixes)
    {
        Singles = singles;
        Prefixes = prefixes;
    }

    public IReadOnlyDictionary<AddressKey, Peer> Singles { get; }

    public IReadOnlyDictionary<(AddressKey Network, int Length), Peer> Prefixes { get; }

    public static PeerPlan Of(IEnumerable<Peer> peers)
    {
        var singles = new Dictionary<AddressKey, Peer>();
        var prefixes = new Dictionary<(AddressKey, int), Peer>();
        foreach (var peer in peers)
        {
            Check(peer);
            var key = AddressKey.From(peer.Network.BaseAddress);
            if (peer.IsSingle)
            {
                singles[key] = singles.TryGetValue(key, out var known) ? PeerRanks.Stronger(known, peer) : peer;
            }
            else
            {
                var length = AddressKey.LengthOf(peer.Network);
                var network = (key.Masked(length), length);
                prefixes[network] = prefixes.TryGetValue(network, out var known) ? PeerRanks.Stronger(known, peer) : peer;
            }
        }

        Shield(singles, prefixes);
        return new PeerPlan(singles, prefixes);
    }

    /// <summary>
    /// The program asks for prefixes only where no single address is found, so that an address which is listed as something else
    /// would lose the shelter of an operator's or node's network.
    /// </summary>
    private static void Shield(Dictionary<AddressKey, Peer> singles, Dictionary<(AddressKey Network, int Length), Peer> prefixes)
    {
        var shelters = prefixes.Where(rule => rule.Value.Class is PeerClass.Operator or PeerClass.Node).ToDictionary();
        var lengths = shelters.Keys.Select(network => network.Length).Distinct().ToList();
        foreach (var address in lengths.Count == 0 ? [] : singles.Keys.ToList())
        {
            foreach (var length in lengths)
            {
                if (shelters.TryGetValue((address.Masked(length), length), out var shelter))
                {
                    singles[address] = PeerRanks.Stronger(singles[address], shelter);
                }
            }
        }
    }

    private static void Check(Peer peer)
    {
        if (peer.Class is PeerClass.Unknown or > PeerClass.Node || peer.Weight is < 0 or > 7)
        {
            throw new XdpException(
                XdpFailureReason.BadValue,
                $"{peer.Network} cannot be listed as {peer.Class} with weight {peer.Weight}: a class other than unknown and a weight of 0 to 7 are needed");
        }
    }
}
