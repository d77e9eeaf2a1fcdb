using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Slipway.Rehearsal.Kubernetes.Json;
using Slipway.Rehearsal.Kubernetes.Resources;

namespace Slipway.Rehearsal.Kubernetes.Http;

/// <summary>Writes answers: always JSON, which every client takes whatever else it would like.</summary>
internal static class Answer
{
    public static Task JsonAsync(HttpContext http, int code, JsonNode json, string contentType = "application/json") =>
        BytesAsync(http, code, json.ToUtf8(), contentType);

    public static async Task BytesAsync(HttpContext http, int code, ReadOnlyMemory<byte> body, string contentType = "application/json")
    {
        http.Response.StatusCode = code;
        http.Response.ContentType = contentType;
        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }

    public static async Task TextAsync(HttpContext http, int code, string text)
    {
        http.Response.StatusCode = code;
        http.Response.ContentType = "text/plain; charset=utf-8";
        await http.Response.WriteAsync(text, http.RequestAborted);
    }

    public static Task ErrorAsync(HttpContext http, ApiException error)
    {
        if (error.RetryAfterSeconds > 0)
        {
            http.Response.Headers.RetryAfter = error.RetryAfterSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        return JsonAsync(http, error.Code, error.ToStatus());
    }

    public static JsonObject Success(ResourceType type, string name, string? uid) => new()
    {
        ["kind"] = "Status",
        ["apiVersion"] = "v1",
        ["metadata"] = new JsonObject(),
        ["status"] = "Success",
        ["details"] = new JsonObject { ["name"] = name, ["group"] = type.Group, ["kind"] = type.Plural, ["uid"] = uid },
    };

    /// <summary>A list around objects that are serialised already.</summary>
    public static byte[] List(string apiVersion, string kind, JsonObject metadata, IEnumerable<ReadOnlyMemory<byte>> items)
    {
        var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("kind", kind);
            writer.WriteString("apiVersion", apiVersion);
            writer.WritePropertyName("metadata");
            metadata.WriteTo(writer);
            writer.WriteStartArray("items");
            foreach (var item in items)
            {
                writer.WriteRawValue(item.Span, skipInputValidation: true);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
