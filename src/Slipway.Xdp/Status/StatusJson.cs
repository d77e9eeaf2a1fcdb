using System.Text.Json;

namespace Slipway.Xdp.Status;

/// <summary>
/// The two files as bytes. Names are camelCase, enums their C# names; null fields are left out. Field by field, since the serializer's
/// generated code would be a sixth of the agent's memory; a test holds both equal.
/// </summary>
public static partial class StatusJson
{
    /// <summary>Null for what is not the file, or that of a schema which this code does not know.</summary>
    public static AgentStatus? ReadStatus(ReadOnlyMemory<byte> json) => Read(json, StatusOf);

    /// <summary>Null for what is not the file, or that of a schema which this code does not know.</summary>
    public static AgentTables? ReadTables(ReadOnlyMemory<byte> json) => Read(json, TablesOf);

    public static byte[] Write(AgentStatus status) => Write(json => Object(json, status, Put));

    public static byte[] Write(AgentTables tables) => Write(json => Object(json, tables, Put));

    public static void Write(Stream file, AgentStatus status) => Write(file, json => Object(json, status, Put));

    /// <summary>However many peers there are, a few of them are in memory at a time.</summary>
    public static void Write(Stream file, AgentTables tables) => Write(file, json => Object(json, tables, Put));

    public static byte[] Write(IReadOnlyList<CounterStatus> counters) => Write(json => List(json, counters, Put));

    private static byte[] Write(Action<Utf8JsonWriter> put)
    {
        using var text = new MemoryStream();
        Write(text, put);
        return text.ToArray();
    }

    private static void Write(Stream file, Action<Utf8JsonWriter> put)
    {
        using var json = new Utf8JsonWriter(file);
        put(json);
    }

    private static T? Read<T>(ReadOnlyMemory<byte> json, Func<JsonElement, T> parse)
        where T : class
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            return Number(root, "schema") == AgentStatus.CurrentSchema ? parse(root) : null;
        }
        catch (Exception strange) when (strange is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }
}
