using System.Diagnostics;
using System.Net;
using Slipway.Kernel.Tests.Corpus;
using Slipway.Kernel.Tests.Machine;
using Slipway.Kernel.Tests.Running;
using Slipway.Xdp;
using Slipway.Xdp.Reference;

namespace Slipway.Kernel.Tests.Verdicts;

/// <summary>
/// Five million random and mutated packets, spread over all variants, and more in the worlds below. SLIPWAY_SEED=N tries
/// others; a failure says which. Two threads, each with programs and maps of its own, and a CPU, since leases are a CPU's.
/// </summary>
public sealed class RandomPacketTests(ITestOutputHelper output)
{
    private const int Packets = 5_000_000, Threads = 2, InLimitedWorlds = 500_000;
    private static readonly ulong Seed = ulong.TryParse(Environment.GetEnvironmentVariable("SLIPWAY_SEED"), out var seed) ? seed : 1;

    /// <summary>More peers than 16 sets of 8 hold, so that many stand in the overflow table.</summary>
    private static readonly Sender[] Crowd = [.. Enumerable.Range(0, 400).Select(Stranger)];

    private static readonly FilterTables Crowded = World.Tables with
    {
        Peers = World.Tables.Peers.Concat(Crowd.Take(300).SelectMany(Listed)).ToDictionary(),
    };

    [Fact]
    public void Five_million_packets_are_judged_alike() => Parallel(Packets / Threads, Crowded);

    [Fact]
    public void Observing_and_silent_worlds_are_judged_alike()
    {
        Parallel(InLimitedWorlds / Threads, Crowded with { Mode = FilterMode.Observe });
        Parallel(InLimitedWorlds / Threads, Crowded with { AgentIsSilent = true });
        Parallel(InLimitedWorlds / Threads, Crowded with { ShredVersion = 0, Identity = default, Prefixes = [] });
        Parallel(1000, Crowded with { Mode = FilterMode.Off });
    }

    /// <summary>Buckets that never drain make limits a matter of the packets alone. 256 of them are shared by many sources.</summary>
    [Fact]
    public void Limits_are_reached_by_the_same_packets()
    {
        var limits = new Dictionary<(PortRole, PeerGroup), LimitPair>();
        for (var role = PortRole.Gossip; role <= PortRole.Guarded; role++)
        {
            limits[(role, PeerGroup.Unknown)] = new(Limit.Packets(30), Limit.Packets(20_000));
            limits[(role, PeerGroup.Known)] = new(Limit.Packets(60), Limit.None);
            limits[(role, PeerGroup.Staked)] = new(Limit.Packets(40), Limit.Packets(4_000));
        }

        Parallel(InLimitedWorlds / Threads, Crowded with { Limits = limits });
        Parallel(InLimitedWorlds / Threads, Crowded with { Limits = limits, Mode = FilterMode.Observe });
    }

    private void Parallel(int packets, FilterTables tables)
    {
        var clock = Stopwatch.StartNew();
        Task.WaitAll([.. Enumerable.Range(0, Threads).Select(thread => PinnedThread.StartAsync(
            thread % Environment.ProcessorCount, () => Agree(Seed * 1000 + (ulong)thread, packets, tables)))]);
        output.WriteLine($"{Threads} x {packets} packets, {ProgramVariant.All.Count} variants in turn, seed {Seed}: {clock.Elapsed.TotalSeconds:0.0} s");
    }

    private static void Agree(ulong seed, int packets, FilterTables tables)
    {
        using var comparison = new Comparison(tables);
        var mutations = new Mutations(seed, [.. World.Senders, .. Crowd]);
        for (var number = 0; number < packets; number++)
        {
            var frame = mutations.Next(shortest: 14);
            // The variants take turns: they are one body, and the corpus goes through each of them wholly.
            var turn = ProgramVariant.All[number % ProgramVariant.All.Count];
            var variant = turn.Takes(frame.Span) ? turn : ProgramVariant.Frags;
            comparison.Agree(variant, frame, linear: 0, () => $"packet {number} of seed {seed} (SLIPWAY_SEED={Seed})");
        }

        comparison.CountersAgree();
    }

    private static Sender Stranger(int number)
    {
        var meta = new PeerMeta((PeerClass)(1 + number % 6 + (number % 6 == 3 ? -1 : 0)), number % 8);
        return new Sender($"number {number}", new IPAddress([198, 18, (byte)(number >> 8), (byte)number]), IPAddress.Parse($"2001:db8:c::{number:x}"), meta);
    }

    private static IEnumerable<KeyValuePair<PacketAddress, PeerMeta>> Listed(Sender sender) =>
        [new(PacketAddress.From(sender.Ipv4), sender.Meta), new(PacketAddress.From(sender.Ipv6), sender.Meta)];
}
