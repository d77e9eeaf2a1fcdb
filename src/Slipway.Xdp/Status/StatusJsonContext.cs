using System.Text.Json.Serialization;

namespace Slipway.Xdp.Status;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    WriteIndented = false)]
[JsonSerializable(typeof(AgentStatus))]
[JsonSerializable(typeof(AgentTables))]
internal sealed partial class StatusJsonContext : JsonSerializerContext;
