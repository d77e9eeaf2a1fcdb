using System.Text.Json.Serialization;

namespace Slipway.Extension.Oci;

/// <summary>What an image says of itself, and the digests of its layers as they are unpacked (OCI image-spec, config.md).</summary>
internal sealed record OciConfig
{
    public required string Architecture { get; init; }

    public required string Os { get; init; }

    public string? Created { get; init; }

    public OciRuntimeConfig? Config { get; init; }

    [JsonPropertyName("rootfs")]
    public required OciRootfs RootFileSystem { get; init; }
}
