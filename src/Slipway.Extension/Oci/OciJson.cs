using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Slipway.Extension.Oci;

/// <summary>JSON as it is hashed: the same value always gives the same bytes.</summary>
internal static class OciJson
{
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        // Images are made by others: a null where the specification demands a value is an error and not a surprise later.
        RespectNullableAnnotations = true,
        MaxDepth = 32,
    };

    public static byte[] Write<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, s_options);

    /// <exception cref="JsonException">Not JSON, or not of this shape.</exception>
    public static T Read<T>(ReadOnlySpan<byte> json)
    {
        var value = JsonSerializer.Deserialize<T>(json, s_options) ?? throw new JsonException("null");
        // The serializer looks for nulls in properties and not in lists.
        var hole = value switch
        {
            OciIndex index => index.Manifests.Any(item => item is null),
            OciManifest manifest => manifest.Layers.Any(item => item is null),
            OciConfig config => config.RootFileSystem.DiffIds.Any(item => item is null),
            _ => false,
        };
        return hole ? throw new JsonException("a list holds null") : value;
    }
}
