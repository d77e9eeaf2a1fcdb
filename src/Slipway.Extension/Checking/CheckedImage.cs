using Slipway.Extension.Manifests;

namespace Slipway.Extension.Checking;

/// <summary>What was seen of one image of a layout, sound or not.</summary>
public sealed record CheckedImage
{
    /// <summary><c>linux/amd64</c></summary>
    public required string Platform { get; init; }

    /// <summary>Of the image's manifest: what a reference is pinned by.</summary>
    public required string Digest { get; init; }

    /// <summary>Null when it could not be read.</summary>
    public ExtensionManifest? Extension { get; init; }

    /// <summary>Bytes of all layers as they are stored.</summary>
    public required long Compressed { get; init; }

    /// <summary>Bytes of all layers as they are unpacked.</summary>
    public required long Unpacked { get; init; }

    /// <summary>Names of the Talos services that it brings, <c>ext-</c> included.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>The lines of Talos, of those that Slipway speaks to, that the extension says it is for.</summary>
    public IReadOnlyList<string> TalosLines { get; init; } = [];
}
