using System.Text.Json.Serialization;

namespace Slipway.Xdp.Status;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    WriteIndented = false)]
[JsonSerializable(typeof(AgentStatus))]
[JsonSerializable(typeof(AgentTables))]
[JsonSerializable(typeof(IReadOnlyList<CounterStatus>))]
internal sealed partial class StatusJsonContext : JsonSerializerContext;
