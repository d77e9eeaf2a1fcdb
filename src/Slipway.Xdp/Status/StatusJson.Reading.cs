using System.Text.Json;

namespace Slipway.Xdp.Status;

/// <summary>JSON objects as records. A required field that is missing, or a field of another kind, makes the whole file strange; a missing list is empty.</summary>
public static partial class StatusJson
{
    private static AgentStatus StatusOf(JsonElement json) => new()
    {
        Version = Text(json, "version"),
        WrittenAt = json.GetProperty("writtenAt").GetDateTimeOffset(),
        StartedAt = json.GetProperty("startedAt").GetDateTimeOffset(),
        EverySeconds = Number(json, "everySeconds"),
        Mode = Word<FilterMode>(json, "mode"),
        HeartbeatStale = Given(json, "heartbeatStale") is { } stale && stale.GetBoolean(),
        HeartbeatAgeSeconds = Given(json, "heartbeatAgeSeconds")?.GetDouble(),
        Config = ConfigOf(json.GetProperty("config")),
        Interfaces = List(json, "interfaces", InterfaceOf),
        Counters = List(json, "counters", CounterOf),
        Stake = Given(json, "stake") is { } stake ? StakeOf(stake) : null,
        Tables = Given(json, "tables") is { } tables ? TableOf(tables) : null,
        Audit = Given(json, "audit") is { } audit ? AuditOf(audit) : null,
        Problems = List(json, "problems", TextOf),
    };

    private static AgentTables TablesOf(JsonElement json) => new()
    {
        WrittenAt = json.GetProperty("writtenAt").GetDateTimeOffset(),
        Mode = Word<FilterMode>(json, "mode"),
        OwnAddresses = List(json, "ownAddresses", TextOf),
        ShredVersion = Given(json, "shredVersion")?.GetInt32() ?? 0,
        Identity = Given(json, "identity")?.GetString(),
        Ports = List(json, "ports", PortOf),
        Limits = List(json, "limits", LimitOf),
        Peers = List(json, "peers", PeerOf),
    };

    private static ConfigStatus ConfigOf(JsonElement json) => new()
    {
        Path = Text(json, "path"),
        Generation = Large(json, "generation"),
        Missing = json.GetProperty("missing").GetBoolean(),
        LoadedAt = json.GetProperty("loadedAt").GetDateTimeOffset(),
        Findings = List(json, "findings", TextOf),
    };

    private static InterfaceStatus InterfaceOf(JsonElement json) => new()
    {
        Name = Text(json, "name"),
        Index = Number(json, "index"),
        Mac = Text(json, "mac"),
        Driver = Text(json, "driver"),
        Mtu = Number(json, "mtu"),
        Up = json.GetProperty("up").GetBoolean(),
        Slot = Text(json, "slot"),
        Attach = Text(json, "attach"),
        Owner = Text(json, "owner"),
        Why = Text(json, "why"),
        RxPackets = Count(json, "rxPackets"),
        RxBytes = Count(json, "rxBytes"),
        TxPackets = Count(json, "txPackets"),
        TxBytes = Count(json, "txBytes"),
        RxErrors = Count(json, "rxErrors"),
        TxErrors = Count(json, "txErrors"),
        RxBitsPerSecond = Given(json, "rxBitsPerSecond")?.GetDouble() ?? 0,
        TxBitsPerSecond = Given(json, "txBitsPerSecond")?.GetDouble() ?? 0,
    };

    private static CounterStatus CounterOf(JsonElement json) => new()
    {
        Role = Word<PortRole>(json, "role"),
        Group = Word<PeerGroup>(json, "group"),
        Verdict = Word<Verdict>(json, "verdict"),
        Reason = Word<Reason>(json, "reason"),
        Packets = Count(json, "packets"),
        Bytes = Count(json, "bytes"),
    };

    private static StakeStatus StakeOf(JsonElement json) => new()
    {
        Source = Text(json, "source"),
        AgeSeconds = Given(json, "ageSeconds")?.GetDouble(),
        Staked = Number(json, "staked"),
        Known = Number(json, "known"),
        ShredVersion = Number(json, "shredVersion"),
        Refreshes = Large(json, "refreshes"),
        Failures = Large(json, "failures"),
        LastError = Given(json, "lastError")?.GetString(),
    };

    private static TableStatus TableOf(JsonElement json) => new()
    {
        Peers = Number(json, "peers"),
        Overflow = Number(json, "overflow"),
        Prefixes = Number(json, "prefixes"),
        Capacity = Number(json, "capacity"),
        Generation = Large(json, "generation"),
        BucketPressure = Given(json, "bucketPressure")?.GetDouble(),
    };

    private static AuditStatus AuditOf(JsonElement json) => new()
    {
        Path = Text(json, "path"),
        Written = Large(json, "written"),
        Suppressed = Large(json, "suppressed"),
        LastError = Given(json, "lastError")?.GetString(),
    };

    private static PortStatus PortOf(JsonElement json) => new()
    {
        Protocol = Text(json, "protocol"),
        First = Number(json, "first"),
        Last = Number(json, "last"),
        Role = Word<PortRole>(json, "role"),
        Learnt = Given(json, "learnt") is { } learnt && learnt.GetBoolean(),
    };

    private static LimitStatus LimitOf(JsonElement json) => new()
    {
        Role = Word<PortRole>(json, "role"),
        Group = Word<PeerGroup>(json, "group"),
        SourceRate = Given(json, "sourceRate")?.GetInt32(),
        SourceBurst = Given(json, "sourceBurst")?.GetInt32(),
        TotalRate = Given(json, "totalRate")?.GetInt32(),
        TotalBurst = Given(json, "totalBurst")?.GetInt32(),
    };

    private static PeerStatus PeerOf(JsonElement json) => new()
    {
        Network = Text(json, "network"),
        Class = Word<PeerClass>(json, "class"),
        Weight = Given(json, "weight")?.GetInt32() ?? 0,
        Lamports = Given(json, "lamports")?.GetUInt64() ?? 0,
    };

    private static string Text(JsonElement json, string name) => TextOf(json.GetProperty(name));

    private static string TextOf(JsonElement json) => json.GetString() ?? throw new FormatException();

    private static int Number(JsonElement json, string name) => json.GetProperty(name).GetInt32();

    private static long Large(JsonElement json, string name) => json.GetProperty(name).GetInt64();

    private static ulong Count(JsonElement json, string name) => json.GetProperty(name).GetUInt64();

    private static T Word<T>(JsonElement json, string name)
        where T : struct, Enum => Enum.TryParse<T>(json.GetProperty(name).GetString(), out var word) ? word : throw new FormatException();

    /// <summary>Null for a field that is missing or null.</summary>
    private static JsonElement? Given(JsonElement json, string name) => json.TryGetProperty(name, out var field) && field.ValueKind != JsonValueKind.Null ? field : null;

    private static List<T> List<T>(JsonElement json, string name, Func<JsonElement, T> parse)
        where T : class => Given(json, name) is { } list ? [.. list.EnumerateArray().Where(item => item.ValueKind != JsonValueKind.Null).Select(parse)] : [];
}
