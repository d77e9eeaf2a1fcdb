using System.Text.Json;

namespace Slipway.Xdp.Status;

/// <summary>Records as JSON objects: a method a record, which puts its members into an object that is begun.</summary>
public static partial class StatusJson
{
    private const int FlushBytes = 16 * 1024;

    private static void Put(Utf8JsonWriter json, AgentStatus status)
    {
        json.WriteNumber("schema", status.Schema);
        json.WriteString("version", status.Version);
        json.WriteString("writtenAt", status.WrittenAt);
        json.WriteString("startedAt", status.StartedAt);
        json.WriteNumber("everySeconds", status.EverySeconds);
        json.WriteString("mode", status.Mode.ToString());
        json.WriteBoolean("heartbeatStale", status.HeartbeatStale);
        Put(json, "heartbeatAgeSeconds", status.HeartbeatAgeSeconds);
        Put(json, "config", status.Config, Put);
        List(json, "interfaces", status.Interfaces, Put);
        List(json, "counters", status.Counters, Put);
        Put(json, "stake", status.Stake, Put);
        Put(json, "tables", status.Tables, Put);
        Put(json, "audit", status.Audit, Put);
        Put(json, "problems", status.Problems);
    }

    private static void Put(Utf8JsonWriter json, AgentTables tables)
    {
        json.WriteNumber("schema", tables.Schema);
        json.WriteString("writtenAt", tables.WrittenAt);
        json.WriteString("mode", tables.Mode.ToString());
        Put(json, "ownAddresses", tables.OwnAddresses);
        json.WriteNumber("shredVersion", tables.ShredVersion);
        Put(json, "identity", tables.Identity);
        List(json, "ports", tables.Ports, Put);
        List(json, "limits", tables.Limits, Put);
        List(json, "peers", tables.Peers, Put);
    }

    private static void Put(Utf8JsonWriter json, ConfigStatus config)
    {
        json.WriteString("path", config.Path);
        json.WriteNumber("generation", config.Generation);
        json.WriteBoolean("missing", config.Missing);
        json.WriteString("loadedAt", config.LoadedAt);
        Put(json, "findings", config.Findings);
    }

    private static void Put(Utf8JsonWriter json, InterfaceStatus nic)
    {
        json.WriteString("name", nic.Name);
        json.WriteNumber("index", nic.Index);
        json.WriteString("mac", nic.Mac);
        json.WriteString("driver", nic.Driver);
        json.WriteNumber("mtu", nic.Mtu);
        json.WriteBoolean("up", nic.Up);
        json.WriteString("slot", nic.Slot);
        json.WriteString("attach", nic.Attach);
        json.WriteString("owner", nic.Owner);
        json.WriteString("why", nic.Why);
        json.WriteNumber("rxPackets", nic.RxPackets);
        json.WriteNumber("rxBytes", nic.RxBytes);
        json.WriteNumber("txPackets", nic.TxPackets);
        json.WriteNumber("txBytes", nic.TxBytes);
        json.WriteNumber("rxErrors", nic.RxErrors);
        json.WriteNumber("txErrors", nic.TxErrors);
        json.WriteNumber("rxBitsPerSecond", nic.RxBitsPerSecond);
        json.WriteNumber("txBitsPerSecond", nic.TxBitsPerSecond);
    }

    private static void Put(Utf8JsonWriter json, CounterStatus cell)
    {
        json.WriteString("role", cell.Role.ToString());
        json.WriteString("group", cell.Group.ToString());
        json.WriteString("verdict", cell.Verdict.ToString());
        json.WriteString("reason", cell.Reason.ToString());
        json.WriteNumber("packets", cell.Packets);
        json.WriteNumber("bytes", cell.Bytes);
    }

    private static void Put(Utf8JsonWriter json, StakeStatus stake)
    {
        json.WriteString("source", stake.Source);
        Put(json, "ageSeconds", stake.AgeSeconds);
        json.WriteNumber("staked", stake.Staked);
        json.WriteNumber("known", stake.Known);
        json.WriteNumber("shredVersion", stake.ShredVersion);
        json.WriteNumber("refreshes", stake.Refreshes);
        json.WriteNumber("failures", stake.Failures);
        Put(json, "lastError", stake.LastError);
    }

    private static void Put(Utf8JsonWriter json, TableStatus table)
    {
        json.WriteNumber("peers", table.Peers);
        json.WriteNumber("overflow", table.Overflow);
        json.WriteNumber("prefixes", table.Prefixes);
        json.WriteNumber("capacity", table.Capacity);
        json.WriteNumber("generation", table.Generation);
        Put(json, "bucketPressure", table.BucketPressure);
    }

    private static void Put(Utf8JsonWriter json, AuditStatus audit)
    {
        json.WriteString("path", audit.Path);
        json.WriteNumber("written", audit.Written);
        json.WriteNumber("suppressed", audit.Suppressed);
        Put(json, "lastError", audit.LastError);
    }

    private static void Put(Utf8JsonWriter json, PortStatus port)
    {
        json.WriteString("protocol", port.Protocol);
        json.WriteNumber("first", port.First);
        json.WriteNumber("last", port.Last);
        json.WriteString("role", port.Role.ToString());
        json.WriteBoolean("learnt", port.Learnt);
    }

    private static void Put(Utf8JsonWriter json, LimitStatus limit)
    {
        json.WriteString("role", limit.Role.ToString());
        json.WriteString("group", limit.Group.ToString());
        Put(json, "sourceRate", limit.SourceRate);
        Put(json, "sourceBurst", limit.SourceBurst);
        Put(json, "totalRate", limit.TotalRate);
        Put(json, "totalBurst", limit.TotalBurst);
    }

    private static void Put(Utf8JsonWriter json, PeerStatus peer)
    {
        json.WriteString("network", peer.Network);
        json.WriteString("class", peer.Class.ToString());
        json.WriteNumber("weight", peer.Weight);
        json.WriteNumber("lamports", peer.Lamports);
    }

    private static void Put(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, text);
        }
    }

    private static void Put(Utf8JsonWriter json, string name, double? number)
    {
        if (number is { } value)
        {
            json.WriteNumber(name, value);
        }
    }

    private static void Put(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    /// <summary>An object with the members that <paramref name="members"/> puts into it; nothing for null.</summary>
    private static void Put<T>(Utf8JsonWriter json, string name, T? record, Action<Utf8JsonWriter, T> members)
        where T : class
    {
        if (record is not null)
        {
            json.WritePropertyName(name);
            Object(json, record, members);
        }
    }

    private static void List<T>(Utf8JsonWriter json, string name, IReadOnlyList<T> records, Action<Utf8JsonWriter, T> members)
        where T : class
    {
        json.WritePropertyName(name);
        List(json, records, members);
    }

    private static void List<T>(Utf8JsonWriter json, IReadOnlyList<T> records, Action<Utf8JsonWriter, T> members)
        where T : class
    {
        json.WriteStartArray();
        foreach (var record in records)
        {
            Object(json, record, members);
            // The writer holds what it was given until it is told to let go.
            if (json.BytesPending > FlushBytes)
            {
                json.Flush();
            }
        }

        json.WriteEndArray();
    }

    private static void Object<T>(Utf8JsonWriter json, T record, Action<Utf8JsonWriter, T> members)
        where T : class
    {
        json.WriteStartObject();
        members(json, record);
        json.WriteEndObject();
    }
}
