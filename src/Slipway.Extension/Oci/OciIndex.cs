namespace Slipway.Extension.Oci;

/// <summary>The entry point of a layout, and of an image for several platforms (OCI image-spec, image-index.md).</summary>
internal sealed record OciIndex
{
    public required int SchemaVersion { get; init; }

    public string? MediaType { get; init; }

    public required IReadOnlyList<OciDescriptor> Manifests { get; init; }
}
