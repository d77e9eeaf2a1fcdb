using Slipway.Xdp;
using Slipway.Xdp.Status;

namespace Slipway.Tests.Agent.Metrics;

internal static class Samples
{
    public static AgentStatus Full { get; } = new()
    {
        Version = "0.1.0",
        WrittenAt = new DateTimeOffset(2026, 11, 23, 1, 0, 0, TimeSpan.Zero),
        StartedAt = new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.Zero),
        EverySeconds = 5,
        Mode = FilterMode.Observe,
        HeartbeatStale = true,
        HeartbeatAgeSeconds = 0.5,
        Config = new ConfigStatus { Path = "/x.json", Generation = 3, Missing = false, LoadedAt = default, Findings = ["x.json:1:1: no"] },
        Interfaces =
        [
            new InterfaceStatus
            {
                Name = "eth0", Index = 2, Mac = "02:00:00:00:00:01", Driver = "ice", Mtu = 9000, Up = true, Slot = "own", Attach = "driver-frags",
                Owner = "a \"quoted\\ name\"\n", Why = "", RxPackets = 1, RxBytes = ulong.MaxValue, TxPackets = 3, TxBytes = 4, RxErrors = 5, TxErrors = 6,
                RxBitsPerSecond = 1.5, TxBitsPerSecond = 2.5,
            },
        ],
        Counters = [new CounterStatus { Role = PortRole.ServeRepair, Group = PeerGroup.Unknown, Verdict = Verdict.WouldDrop, Reason = Reason.RepairTag, Packets = 7, Bytes = 700 }],
        Stake = new StakeStatus { Source = "http://127.0.0.1:8899/", AgeSeconds = 12.5, Staked = 2, Known = 3, ShredVersion = 50093, Refreshes = 4, Failures = 1, LastError = "slow" },
        Tables = new TableStatus { Peers = 5, Overflow = 0, Prefixes = 2, Capacity = 100, Generation = 9, BucketPressure = 0.25 },
        Audit = new AuditStatus { Path = "/a", Written = 1, Suppressed = 2, LastError = "full" },
        Problems = ["eth1 is not there"],
    };

    public static AgentTables Tables { get; } = new()
    {
        WrittenAt = new DateTimeOffset(2026, 11, 23, 1, 0, 0, TimeSpan.Zero),
        Mode = FilterMode.Enforce,
        OwnAddresses = ["192.0.2.1", "2001:db8::1"],
        ShredVersion = 50093,
        Identity = "11111111111111111111111111111111",
        Ports = [new PortStatus { Protocol = "udp", First = 8000, Last = 8002, Role = PortRole.Gossip, Learnt = true }],
        Limits =
        [
            new LimitStatus { Role = PortRole.Tvu, Group = PeerGroup.Known, SourceRate = 1, SourceBurst = 2, TotalRate = 3, TotalBurst = 4 },
            new LimitStatus { Role = PortRole.Rpc, Group = PeerGroup.Staked },
        ],
        Peers = [new PeerStatus { Network = "192.0.2.2/32", Class = PeerClass.Staked, Weight = 7, Lamports = ulong.MaxValue }],
    };
}
