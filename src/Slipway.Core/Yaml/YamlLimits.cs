namespace Slipway.Core.Yaml;

/// <summary>
/// What a YAML text may ask of us. YamlDotNet's node loader recurses: some 8,000 nested brackets overflow a 1.5 MiB stack,
/// which kills the process and cannot be caught, so depth is counted on the event stream before a node is built. Depth and
/// values count aliases as if what they stand for were written out, because whoever walks the nodes meets it that often.
/// </summary>
public sealed record YamlLimits
{
    public static YamlLimits Default { get; } = new();

    /// <summary>Characters in one text.</summary>
    public int Characters { get; init; } = 32 * 1024 * 1024;

    /// <summary>Nested collections.</summary>
    public int Depth { get; init; } = 100;

    /// <summary>Scalars and collections in one text.</summary>
    public int Nodes { get; init; } = 1_000_000;
}
