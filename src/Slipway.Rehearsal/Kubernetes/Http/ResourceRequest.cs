using Microsoft.AspNetCore.Http;
using Slipway.Rehearsal.Kubernetes.Resources;
using Slipway.Rehearsal.Kubernetes.Writing;

namespace Slipway.Rehearsal.Kubernetes.Http;

/// <summary>A request below a resource: <c>/apis/apps/v1/namespaces/NS/deployments/NAME/status</c>, taken apart.</summary>
internal sealed record ResourceRequest(HttpContext Http, ResourceType Type, string Namespace, string Name, string Subresource)
{
    public bool IsWatch => Query("watch") is "true" or "1";

    public bool WantsTable => Accepts("as=Table");

    public bool WantsMetadata => Accepts("as=PartialObjectMetadata");

    public string Query(string name) => Http.Request.Query[name].ToString();

    public long? QueryNumber(string name) =>
        Query(name) is { Length: > 0 } text
            ? long.TryParse(text, out var number) ? number : throw ApiException.BadRequest($"query parameter {name}: '{text}' is not a number")
            : null;

    public Selector Selector()
    {
        // A watch or list of one name is written either way.
        var fields = Query("fieldSelector");
        return Kubernetes.Http.Selector.Parse(Query("labelSelector"), Name.Length == 0 ? fields : $"metadata.name={Name},{fields}");
    }

    public WriteOptions WriteOptions() => new()
    {
        Manager = Query("fieldManager") is { Length: > 0 } manager ? manager : Http.Request.Headers.UserAgent.ToString().Split('/')[0],
        IsDryRun = Query("dryRun") switch
        {
            "" => false,
            "All" => true,
            var other => throw ApiException.BadRequest($"dryRun: unsupported value \"{other}\": supported values: \"All\""),
        },
        Force = Query("force") is "true" or "1",
        Validation = Query("fieldValidation") switch
        {
            "" or "Warn" => FieldValidation.Warn,
            "Strict" => FieldValidation.Strict,
            "Ignore" => FieldValidation.Ignore,
            var other => throw ApiException.BadRequest($"fieldValidation: unsupported value \"{other}\": supported values: \"Ignore\", \"Warn\", \"Strict\""),
        },
        Subresource = Subresource,
        Warn = text => Http.Response.Headers.Append("Warning", $"299 - \"{text.Replace("\"", "\\\"", StringComparison.Ordinal)}\""),
    };

    /// <summary>The path's segments as a resource of <paramref name="registry"/>; null when there is no such resource.</summary>
    public static ResourceRequest? Parse(HttpContext http, ResourceRegistry registry)
    {
        var parts = http.Request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var (group, version, rest) = parts switch
        {
            ["api", var v, .. var below] => ("", v, below),
            ["apis", var g, var v, .. var below] => (g, v, below),
            _ => ("", "", []),
        };

        // "namespaces/x/pods" is a path into a namespace, but "namespaces/x" and "namespaces/x/status" are the Namespace itself.
        var ns = "";
        if (rest is ["namespaces", var name, not ("status" or "finalize"), ..])
        {
            (ns, rest) = (name, rest[2..]);
        }

        return rest.Length is 1 or 2 or 3 && registry.Find(group, version, rest[0]) is { } type && (ns.Length == 0 || type.Namespaced)
            ? new ResourceRequest(http, type, ns, rest.ElementAtOrDefault(1) ?? "", rest.ElementAtOrDefault(2) ?? "")
            : null;
    }

    private bool Accepts(string word) => Http.Request.Headers.Accept.ToString().Contains(word, StringComparison.Ordinal);
}
