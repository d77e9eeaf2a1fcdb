using System.Text.Json;
using Slipway.Rehearsal;

namespace Slipway.Benchmarks.Scale;

/// <summary>What the rehearsed machines wrote down themselves.</summary>
internal static class LedgerFile
{
    /// <summary>From the config's arrival to the boot from disk after it: what no tool could make faster.</summary>
    public static TimeSpan SlowestNode(string path)
    {
        var entries = File.ReadLines(path).Select(line => JsonSerializer.Deserialize<LedgerEntry>(line)!).ToLookup(entry => entry.Node);
        return entries.Where(node => node.Any(entry => entry.Kind == LedgerKind.Applied)).Max(node => OwnTime([.. node]));
    }

    private static TimeSpan OwnTime(List<LedgerEntry> entries)
    {
        var applied = entries.First(entry => entry.Kind == LedgerKind.Applied).At;
        return entries.Last(entry => entry.Kind == LedgerKind.Booted).At - applied;
    }
}
