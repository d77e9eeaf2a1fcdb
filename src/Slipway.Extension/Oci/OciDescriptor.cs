namespace Slipway.Extension.Oci;

/// <summary>Names one blob by what it is, its digest and its size in bytes (OCI image-spec, descriptor.md).</summary>
public sealed record OciDescriptor
{
    public required string MediaType { get; init; }

    /// <summary><c>sha256:</c> and 64 hexadecimal digits.</summary>
    public required string Digest { get; init; }

    public required long Size { get; init; }

    public OciPlatform? Platform { get; init; }

    public IReadOnlyDictionary<string, string>? Annotations { get; init; }
}
