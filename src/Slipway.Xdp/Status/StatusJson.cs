using System.Text.Json;

namespace Slipway.Xdp.Status;

/// <summary>The two files as bytes. Names are camelCase, enums their C# names; null fields are left out.</summary>
public static class StatusJson
{
    public static byte[] Write(AgentStatus status) => JsonSerializer.SerializeToUtf8Bytes(status, StatusJsonContext.Default.AgentStatus);

    public static byte[] Write(AgentTables tables) => JsonSerializer.SerializeToUtf8Bytes(tables, StatusJsonContext.Default.AgentTables);

    public static byte[] Write(IReadOnlyList<CounterStatus> counters) => JsonSerializer.SerializeToUtf8Bytes(counters, StatusJsonContext.Default.IReadOnlyListCounterStatus);

    /// <summary>Null for what is not the file, or that of a schema which this code does not know.</summary>
    public static AgentStatus? ReadStatus(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, StatusJsonContext.Default.AgentStatus) is { Schema: AgentStatus.CurrentSchema } status ? status : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Null for what is not the file, or that of a schema which this code does not know.</summary>
    public static AgentTables? ReadTables(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, StatusJsonContext.Default.AgentTables) is { Schema: AgentStatus.CurrentSchema } tables ? tables : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
