namespace Slipway.Rehearsal.Configs;

/// <summary>A config that was read and judged.</summary>
/// <param name="Config">Null when <paramref name="Errors"/> has any.</param>
internal sealed record ConfigReading(NodeConfig? Config, IReadOnlyList<string> Errors, IReadOnlyList<string> Warnings)
{
    /// <summary>All errors in one text, one a line, as Talos answers them.</summary>
    public string ErrorText => $"{Errors.Count} error{(Errors.Count == 1 ? "" : "s")} occurred:\n" + string.Concat(Errors.Select(error => $"\t* {error}\n"));
}
