using System.Text.Json.Serialization;

namespace Slipway.Extension.Oci;

/// <summary>Of the runtime defaults only the labels: an extension is never run as an image. Their names are in capitals, as docker has it.</summary>
internal sealed record OciRuntimeConfig
{
    [JsonPropertyName("Labels")]
    public IReadOnlyDictionary<string, string>? Labels { get; init; }
}
