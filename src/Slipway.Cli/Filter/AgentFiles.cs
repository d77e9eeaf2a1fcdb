using System.Text;
using Slipway.Xdp.Status;

namespace Slipway.Cli.Filter;

/// <summary>
/// The agent's files as they came from a node. Generated serializers leave a list that is missing as null, whatever the type
/// says: here it is an empty one.
/// </summary>
internal static class AgentFiles
{
    /// <summary>Null for what is not a status that this code knows.</summary>
    public static AgentStatus? Status(string text) => StatusJson.ReadStatus(Encoding.UTF8.GetBytes(text)) is { Config: { } config } status
        ? status with
        {
            Config = config with { Findings = Whole(config.Findings) },
            Interfaces = Whole(status.Interfaces),
            Counters = Whole(status.Counters),
            Problems = Whole(status.Problems),
        }
        : null;

    /// <summary>Null for what are no tables that this code knows.</summary>
    public static AgentTables? Tables(string text) => StatusJson.ReadTables(Encoding.UTF8.GetBytes(text)) is { } tables
        ? tables with
        {
            OwnAddresses = Whole(tables.OwnAddresses),
            Ports = Whole(tables.Ports),
            Limits = Whole(tables.Limits),
            Peers = Whole(tables.Peers),
        }
        : null;

    private static IReadOnlyList<T> Whole<T>(IReadOnlyList<T>? list) => [.. (list ?? []).Where(item => item is not null)];
}
