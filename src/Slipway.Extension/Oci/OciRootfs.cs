using System.Text.Json.Serialization;

namespace Slipway.Extension.Oci;

/// <param name="Type">Always <c>layers</c>.</param>
/// <param name="DiffIds">Digest of each layer's uncompressed tar, in the manifest's order.</param>
internal sealed record OciRootfs(
    [property: JsonPropertyName("type")] string Type,
    [property: JsonPropertyName("diff_ids")] IReadOnlyList<string> DiffIds);
