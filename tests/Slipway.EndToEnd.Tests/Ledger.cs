using System.Text.Json;

namespace Slipway.EndToEnd.Tests;

/// <summary>What the machines of a rehearsal in another process say that happened to them.</summary>
internal static class Ledger
{
    public sealed record Entry(string Node, string Kind, string Detail);

    /// <param name="folder">The rehearsal's <c>--dir</c>.</param>
    public static IReadOnlyList<Entry> Read(string folder) =>
        [.. File.ReadAllLines(Path.Combine(folder, "ledger.ndjson")).Select(line => JsonSerializer.Deserialize<Entry>(line)!)];
}
