using System.Text;
using Slipway.Xdp.Status;

namespace Slipway.Cli.Filter;

/// <summary>The agent's files as they came from a node.</summary>
internal static class AgentFiles
{
    /// <summary>Null for what is not a status that this code knows.</summary>
    public static AgentStatus? Status(string text) => StatusJson.ReadStatus(Encoding.UTF8.GetBytes(text));

    /// <summary>Null for what are no tables that this code knows.</summary>
    public static AgentTables? Tables(string text) => StatusJson.ReadTables(Encoding.UTF8.GetBytes(text));
}
