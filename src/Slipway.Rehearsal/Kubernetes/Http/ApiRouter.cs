using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Slipway.Core.Versions;

namespace Slipway.Rehearsal.Kubernetes.Http;

/// <summary>Every request comes through here: who asks, what for, and a Status object for whatever goes wrong.</summary>
internal sealed class ApiRouter(KubernetesStore store, ReleaseVersion version, ReadEndpoint reader, WriteEndpoint writer, WatchEndpoint watcher, CancellationToken stopping)
{
    public async Task HandleAsync(HttpContext http)
    {
        try
        {
            if (!await AnswerPublicAsync(http))
            {
                Authenticate(http);
                await RouteAsync(http);
            }
        }
        catch (ApiException error) when (!http.Response.HasStarted)
        {
            await Answer.ErrorAsync(http, error);
        }
        catch (Exception error) when (error is OperationCanceledException or IOException && http.RequestAborted.IsCancellationRequested)
        {
            // The client has left: nobody to answer.
        }
        catch (Exception error) when (!http.Response.HasStarted)
        {
            await Answer.ErrorAsync(http, new ApiException(500, "InternalError", $"Internal error occurred: {error.Message}"));
        }
    }

    private async Task<bool> AnswerPublicAsync(HttpContext http)
    {
        switch (http.Request.Path.Value)
        {
            case "/readyz" or "/livez" or "/healthz":
                await Answer.TextAsync(http, 200, "ok");
                return true;
            case "/version" or "/version/":
                await Answer.JsonAsync(http, 200, Version());
                return true;
            default:
                return false;
        }
    }

    private static void Authenticate(HttpContext http)
    {
        if (http.User.Identity is not { IsAuthenticated: true })
        {
            throw new ApiException(401, "Unauthorized", "Unauthorized");
        }
    }

    private async Task RouteAsync(HttpContext http)
    {
        // One registry for the whole request: a CRD that comes meanwhile is for the next one.
        var registry = store.Registry;
        var path = http.Request.Path.Value!;
        if (path is "/openapi/v3" or "/openapi/v3/")
        {
            await Answer.JsonAsync(http, 200, OpenApiEndpoint.Index(registry));
        }
        else if (path.StartsWith("/openapi/v3/", StringComparison.Ordinal) && OpenApiEndpoint.Document(registry, path["/openapi/v3/".Length..]) is { } document)
        {
            await Answer.JsonAsync(http, 200, document);
        }
        else if (HttpMethods.IsGet(http.Request.Method) && DiscoveryEndpoint.Answer(http, registry) is { } discovery)
        {
            await Answer.JsonAsync(http, 200, discovery.Json, discovery.ContentType);
        }
        else
        {
            await RouteResourceAsync(ResourceRequest.Parse(http, registry) ?? throw ApiException.NoSuchPath());
        }
    }

    private Task RouteResourceAsync(ResourceRequest request)
    {
        CheckSubresource(request);
        var hasName = request.Name.Length > 0;
        return request.Http.Request.Method switch
        {
            "POST" => writer.CreateAsync(request),
            _ when request.Type.IsReview => throw NotAllowed(),
            "GET" when request.IsWatch => watcher.WatchAsync(request, stopping),
            "GET" when hasName => reader.GetAsync(request),
            "GET" => reader.ListAsync(request),
            "PUT" when hasName => writer.UpdateAsync(request),
            "PATCH" when hasName => writer.PatchAsync(request),
            "DELETE" when hasName && request.Subresource.Length == 0 => writer.DeleteAsync(request),
            "DELETE" when request.Subresource.Length == 0 => writer.DeleteCollectionAsync(request),
            _ => throw NotAllowed(),
        };
    }

    private static void CheckSubresource(ResourceRequest request)
    {
        var isKnown = request.Subresource switch
        {
            "" => true,
            "status" => request.Type.HasStatus,
            "eviction" => request.Type.Kind == "Pod" && HttpMethods.IsPost(request.Http.Request.Method),
            _ => false,
        };
        if (!isKnown)
        {
            throw ApiException.NoSuchPath();
        }

        if (request.Type.Namespaced && request.Namespace.Length == 0 && !HttpMethods.IsGet(request.Http.Request.Method))
        {
            throw NotAllowed();
        }
    }

    private static ApiException NotAllowed() => new(405, "MethodNotAllowed", "the server does not allow this method on the requested resource");

    private JsonObject Version() => new()
    {
        ["major"] = version.Major.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ["minor"] = version.Minor.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ["gitVersion"] = version.ToString(),
        ["gitCommit"] = "rehearsal",
        ["gitTreeState"] = "clean",
        ["buildDate"] = "1970-01-01T00:00:00Z",
        ["goVersion"] = "none",
        ["compiler"] = "none",
        ["platform"] = "linux/amd64",
    };
}
