namespace Slipway.Extension.Oci;

/// <summary>One image: its configuration and its layers, the lowest first (OCI image-spec, manifest.md).</summary>
internal sealed record OciManifest
{
    public required int SchemaVersion { get; init; }

    public string? MediaType { get; init; }

    public required OciDescriptor Config { get; init; }

    public required IReadOnlyList<OciDescriptor> Layers { get; init; }

    public IReadOnlyDictionary<string, string>? Annotations { get; init; }
}
