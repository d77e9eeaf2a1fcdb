namespace Slipway.Extension.Oci;

/// <summary>A whole image for one platform, in memory.</summary>
public sealed record OciImage
{
    public required ImageReference Reference { get; init; }

    public required OciPlatform Platform { get; init; }

    /// <summary>The manifest, which the index and a registry name.</summary>
    public required OciBlob Manifest { get; init; }

    public required OciBlob Config { get; init; }

    /// <summary>The lowest first.</summary>
    public required IReadOnlyList<OciBlob> Layers { get; init; }

    public IEnumerable<OciBlob> Blobs => [.. Layers, Config, Manifest];

    /// <summary>What is stored or transferred, in bytes.</summary>
    public long Size => Blobs.Sum(blob => blob.Descriptor.Size);
}
