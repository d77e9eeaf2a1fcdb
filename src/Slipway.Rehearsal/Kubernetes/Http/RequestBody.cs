using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Slipway.Rehearsal.Kubernetes.Json;

namespace Slipway.Rehearsal.Kubernetes.Http;

internal static class RequestBody
{
    // etcd's own limit on a request is 1.5 MiB; the API server reads 3 MiB.
    private const int Limit = 3 * 1024 * 1024;

    /// <returns>Null for an empty body.</returns>
    public static async Task<JsonNode?> ReadAsync(HttpContext http)
    {
        var buffer = new MemoryStream();
        await http.Request.Body.CopyToAsync(buffer, http.RequestAborted);
        if (buffer.Length > Limit)
        {
            throw new ApiException(413, "RequestEntityTooLarge", $"the body is {buffer.Length} bytes long; the limit is {Limit}");
        }

        if (buffer.Length == 0)
        {
            return null;
        }

        if ((http.Request.ContentType ?? "").StartsWith(ProtobufBody.ContentType, StringComparison.Ordinal))
        {
            return ProtobufBody.Read(buffer.ToArray());
        }

        try
        {
            return JsonAccess.Parse(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
        }
        catch (JsonException error)
        {
            throw ApiException.BadRequest($"the body is not valid JSON (YAML bodies are not read here): {error.Message}");
        }
    }

    public static async Task<JsonObject> ReadObjectAsync(HttpContext http) =>
        await ReadAsync(http) as JsonObject ?? throw ApiException.BadRequest("the body must be an object");
}
