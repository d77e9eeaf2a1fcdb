using System.Numerics;
using Slipway.Xdp.Failures;
using Slipway.Xdp.Layout;

namespace Slipway.Xdp.Loading;

/// <summary>How large the tables are made; memory of the kernel that is taken at once. The defaults hold 100,000 peers in 9 MB.</summary>
public sealed record FilterSizes
{
    /// <summary>The default.</summary>
    public static FilterSizes Default { get; } = new();

    /// <summary>Sets of 8 peers in each of the two peer tables: a power of two from 16 to 65536; 64 bytes each.</summary>
    public int PeerSets { get; init; } = 1 << 15;

    /// <summary>Peers beyond their set in each of the two tables.</summary>
    public int Overflow { get; init; } = 1 << 13;

    /// <summary>Prefix rules in each of the two tables.</summary>
    public int Prefixes { get; init; } = 1 << 12;

    /// <summary>Buckets for unknown sources, and as many for peers: a power of two; 8 bytes each.</summary>
    public int SourceBuckets { get; init; } = 1 << 16;

    /// <summary>Bytes of the ring of dropped packets' samples: a power of two, at least a page.</summary>
    public int EventBytes { get; init; } = 1 << 18;

    internal void Check()
    {
        Require(IsPower(PeerSets) && PeerSets is >= 1 << PeersWord.SetsMinLog2 and <= 1 << PeersWord.SetsMaxLog2,
            $"peer sets must be a power of two from 16 to 65536, not {PeerSets}");
        Require(IsPower(SourceBuckets) && SourceBuckets is >= 16 and <= 1 << 24, $"source buckets must be a power of two from 16 to 2^24, not {SourceBuckets}");
        Require(IsPower(EventBytes) && EventBytes is >= 4096 and <= 1 << 28, $"the ring of events must be a power of two from 4096 to 2^28 bytes, not {EventBytes}");
        Require(Overflow is >= 1 and <= 1 << 20, $"overflow entries must be 1 to 2^20, not {Overflow}");
        Require(Prefixes is >= 1 and <= 1 << 20, $"prefix rules must be 1 to 2^20, not {Prefixes}");
    }

    /// <summary>Entries of each map whose size is ours to say.</summary>
    internal IReadOnlyDictionary<string, uint> MaxEntries(int possibleCpus)
    {
        var entries = new Dictionary<string, uint>(StringComparer.Ordinal)
        {
            [MapNames.Peers] = 2 * (uint)PeerSets,
            [MapNames.Overflow] = 2 * (uint)Overflow,
            [MapNames.Cidrs] = 2 * (uint)Prefixes,
            [MapNames.Sources] = 2 * (uint)SourceBuckets,
            [MapNames.Events] = (uint)EventBytes,
        };
        foreach (var variant in ProgramNames.XdpVariants)
        {
            entries[ProgramNames.ExileMap(variant)] = (uint)possibleCpus;
        }

        return entries;
    }

    private static bool IsPower(int value) => value > 0 && BitOperations.IsPow2(value);

    private static void Require(bool condition, string message)
    {
        if (!condition)
        {
            throw new XdpException(XdpFailureReason.BadValue, message);
        }
    }
}
