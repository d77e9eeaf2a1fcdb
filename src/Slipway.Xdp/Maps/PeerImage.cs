using Slipway.Xdp.Failures;
using Slipway.Xdp.Layout;

namespace Slipway.Xdp.Maps;

/// <summary>A peer table as the program reads it, ready to be copied into a bank.</summary>
internal sealed class PeerImage
{
    public const int Ways = 8;
    public const int HintWords = 1024;

    /// <summary>Peers a set on average; with it, hardly one in a hundred peers finds its set full.</summary>
    private const int Load = 3;

    private PeerImage(int setsLog2)
    {
        SetsLog2 = setsLog2;
        Slots = new ulong[Ways << setsLog2];
    }

    public int SetsLog2 { get; }

    /// <summary>Set by set, way by way.</summary>
    public ulong[] Slots { get; }

    public List<(AddressKey Address, ushort Meta)> Overflow { get; } = [];

    public List<(AddressKey Network, int Length, ushort Meta)> Prefixes { get; } = [];

    /// <summary>First the words of IPv4, then those of IPv6: a bit for each first 16 (folded 32) bits that a prefix touches.</summary>
    public ulong[] Hints { get; } = new ulong[2 * HintWords];

    /// <summary>Builds the smallest table that holds the plan well.</summary>
    /// <exception cref="XdpException">No table of this capacity holds it; nothing was written.</exception>
    public static PeerImage Build(PeerPlan plan, PeerHash hash, int mostSets, int mostOverflow, int mostPrefixes)
    {
        if (plan.Prefixes.Count > mostPrefixes)
        {
            throw new XdpException(XdpFailureReason.TableFull, $"{plan.Prefixes.Count} prefix rules do not fit: there is room for {mostPrefixes}");
        }

        for (var log2 = PeersWord.SetsMinLog2; 1 << log2 <= mostSets; log2++)
        {
            var roomy = plan.Singles.Count <= Load << log2;
            if (!roomy && 1 << log2 < mostSets)
            {
                continue;
            }

            var image = new PeerImage(log2);
            image.Fill(plan, hash);
            if (image.Overflow.Count <= mostOverflow)
            {
                return image;
            }
        }

        throw new XdpException(
            XdpFailureReason.TableFull,
            $"{plan.Singles.Count} peers do not fit: there is room for about {mostSets * Load} and the table that is in use stays");
    }

    private void Fill(PeerPlan plan, PeerHash hash)
    {
        foreach (var (address, peer) in plan.Singles)
        {
            Place(hash.Of(address), address, peer.Meta);
        }

        foreach (var ((network, length), peer) in plan.Prefixes)
        {
            Prefixes.Add((network, length, peer.Meta));
            Hint(network, length);
        }
    }

    private void Place(ulong whole, AddressKey address, ushort meta)
    {
        var first = (int)(whole & ((1u << SetsLog2) - 1)) * Ways;
        for (var way = first; way < first + Ways; way++)
        {
            if (Slots[way] == 0)
            {
                Slots[way] = whole & ~0xfffful | meta;
                return;
            }
        }

        Overflow.Add((address, meta));
    }

    private void Hint(AddressKey network, int length)
    {
        // Both families: 16 bits of index; a shorter rule touches several of them, IPv6 below /32 all.
        var ipv4 = length >= 96 && network.IsIpv4;
        var offset = ipv4 ? 0 : HintWords;
        var bits = ipv4 ? Math.Min(length - 96, 16) : length >= 32 ? 16 : 0;
        var index = ipv4 ? (int)((uint)network.Bits >> 16) : (int)((ushort)(network.Bits >> 112) ^ (ushort)(network.Bits >> 96));
        var first = bits == 0 ? 0 : index >> (16 - bits) << (16 - bits);
        for (var i = first; i < first + (1 << (16 - bits)); i++)
        {
            Hints[offset + (i >> 6)] |= 1ul << (i & 63);
        }
    }
}
