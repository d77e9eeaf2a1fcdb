namespace Slipway.Agent.Affinity;

/// <param name="Path">The file.</param>
/// <param name="Before">What it held; null when it could not be read.</param>
/// <param name="After">What it holds now, read back; the kernel may have kept its own mind.</param>
/// <param name="Problem">What the kernel said to the write; null when it took it.</param>
internal sealed record KnobOutcome(string Path, string? Before, string? After, string? Problem)
{
    public string Text => Problem is null ? $"{Path}: {Before ?? "?"} -> {After ?? "?"}" : $"{Path}: {Problem} (still {After ?? "?"})";
}
