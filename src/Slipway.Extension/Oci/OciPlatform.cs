namespace Slipway.Extension.Oci;

/// <summary>Go's names: <c>amd64</c>, <c>linux</c>.</summary>
public sealed record OciPlatform
{
    public required string Architecture { get; init; }

    public required string Os { get; init; }
}
