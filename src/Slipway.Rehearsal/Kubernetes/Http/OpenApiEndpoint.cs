using System.Globalization;
using System.Text.Json.Nodes;
using Slipway.Rehearsal.Kubernetes.Resources;

namespace Slipway.Rehearsal.Kubernetes.Http;

/// <summary>
/// OpenAPI v3 per group version: every kind by name, each an open object. helm and kubectl need the documents to be there and to say that patch takes
/// <c>dryRun</c> and <c>fieldValidation</c>; what the fields are they leave to the server's strict decoding.
/// </summary>
internal static class OpenApiEndpoint
{
    public static JsonObject Index(ResourceRegistry registry)
    {
        var paths = new JsonObject();
        foreach (var version in registry.All.GroupBy(PathOf))
        {
            // Clients cache by the hash: it has to change when a CRD adds a kind.
            var hash = string.Join(',', version.Select(type => type.Kind)).Aggregate(17, (sum, letter) => unchecked((sum * 31) + letter));
            paths[version.Key] = new JsonObject { ["serverRelativeURL"] = string.Create(CultureInfo.InvariantCulture, $"/openapi/v3/{version.Key}?hash={hash:X8}") };
        }

        return new JsonObject { ["paths"] = paths };
    }

    /// <param name="path"><c>api/v1</c> or <c>apis/GROUP/VERSION</c>.</param>
    public static JsonObject? Document(ResourceRegistry registry, string path)
    {
        var types = registry.All.Where(type => PathOf(type) == path).ToList();
        if (types.Count == 0)
        {
            return null;
        }

        var (paths, schemas) = (new JsonObject(), new JsonObject());
        foreach (var type in types)
        {
            var scope = type.Namespaced ? "/namespaces/{namespace}" : "";
            paths[$"/{path}{scope}/{type.Plural}/{{name}}"] = new JsonObject
            {
                ["patch"] = new JsonObject
                {
                    ["operationId"] = $"patch{type.Kind}",
                    ["parameters"] = new JsonArray(Parameter("dryRun"), Parameter("fieldManager"), Parameter("fieldValidation"), Parameter("force")),
                    ["responses"] = new JsonObject { ["200"] = new JsonObject { ["description"] = "OK" } },
                    ["x-kubernetes-action"] = "patch",
                    ["x-kubernetes-group-version-kind"] = GroupVersionKind(type),
                },
            };
            schemas[$"{(type.Group.Length == 0 ? "core" : type.Group)}.{type.Version}.{type.Kind}"] = new JsonObject
            {
                ["type"] = "object",
                ["x-kubernetes-preserve-unknown-fields"] = true,
                ["x-kubernetes-group-version-kind"] = new JsonArray(GroupVersionKind(type)),
            };
        }

        return new JsonObject
        {
            ["openapi"] = "3.0.0",
            ["info"] = new JsonObject { ["title"] = "Kubernetes", ["version"] = "rehearsal" },
            ["paths"] = paths,
            ["components"] = new JsonObject { ["schemas"] = schemas },
        };
    }

    private static string PathOf(ResourceType type) => type.Group.Length == 0 ? $"api/{type.Version}" : $"apis/{type.Group}/{type.Version}";

    private static JsonObject Parameter(string name) => new()
    {
        ["name"] = name,
        ["in"] = "query",
        ["schema"] = new JsonObject { ["type"] = "string" },
    };

    private static JsonObject GroupVersionKind(ResourceType type) => new() { ["group"] = type.Group, ["version"] = type.Version, ["kind"] = type.Kind };
}
