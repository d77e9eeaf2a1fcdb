using System.Text.Json;
using System.Text.Json.Serialization;
using Slipway.Core.Spec;

namespace Slipway.Core.Filter;

/// <summary>
/// The part of an agent's status file that a run judges. The file is the agent's (Slipway.Xdp, AgentStatus), of which this
/// project knows nothing but the text.
/// </summary>
public sealed record FilterStatus
{
    /// <summary>Another number means that fields mean something else.</summary>
    private const int KnownSchema = 1;

    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    public int Schema { get; init; }

    /// <summary>Of the agent.</summary>
    public string Version { get; init; } = "";

    public DateTimeOffset WrittenAt { get; init; }

    public int EverySeconds { get; init; }

    public XdpMode Mode { get; init; }

    /// <summary>True while the program does not hear of its agent, and lets strangers through.</summary>
    public bool HeartbeatStale { get; init; }

    public FilterConfigStatus? Config { get; init; }

    public IReadOnlyList<FilterInterface>? Interfaces { get; init; }

    /// <summary>In the agent's words.</summary>
    public IReadOnlyList<string>? Problems { get; init; }

    /// <summary>Null for what is no status, or one of a schema that this code does not know.</summary>
    public static FilterStatus? Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<FilterStatus>(text, s_options) is { Schema: KnownSchema, Config: not null } status ? status : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <param name="Missing">True when there is no file and the agent goes by its defaults.</param>
/// <param name="Findings">What is wrong with the file that is there; the last good one is in force then.</param>
public sealed record FilterConfigStatus(bool Missing, IReadOnlyList<string>? Findings);

/// <param name="Slot">What was asked for: <c>own</c>, <c>follow</c>, <c>tcx</c>, <c>off</c>.</param>
/// <param name="Attach">What is; <c>none</c> when the filter is not before this interface.</param>
public sealed record FilterInterface(string Name, string Slot, string Attach, string? Why);
