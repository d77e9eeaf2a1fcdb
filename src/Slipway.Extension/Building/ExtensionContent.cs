namespace Slipway.Extension.Building;

/// <summary>What goes into the extension beside the files of <c>image/</c>.</summary>
public sealed record ExtensionContent
{
    /// <summary>The node agent: a static executable for Linux.</summary>
    public required ReadOnlyMemory<byte> Agent { get; init; }

    /// <summary>The name that findings about the agent carry.</summary>
    public required string AgentFile { get; init; }

    /// <summary>The compiled XDP program: a BPF object.</summary>
    public required ReadOnlyMemory<byte> XdpObject { get; init; }

    public required string XdpObjectFile { get; init; }
}
