using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Slipway.Rehearsal.Kubernetes.Json;
using Slipway.Rehearsal.Kubernetes.Resources;

namespace Slipway.Rehearsal.Kubernetes.Http;

/// <summary>/api and /apis, in the aggregated form (apidiscovery.k8s.io/v2) for who asks for it and in the plain one else.</summary>
internal static class DiscoveryEndpoint
{
    private const string Aggregated = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

    /// <returns>Null when the path is none of discovery's.</returns>
    public static (JsonObject Json, string ContentType)? Answer(HttpContext http, ResourceRegistry registry)
    {
        var parts = http.Request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var wantsAggregated = http.Request.Headers.Accept.ToString().Contains("as=APIGroupDiscoveryList", StringComparison.Ordinal)
            && http.Request.Headers.Accept.ToString().Contains("v=v2;", StringComparison.Ordinal);
        return parts switch
        {
            ["api" or "apis"] when wantsAggregated => (All(registry, isCore: parts[0] == "api"), Aggregated),
            ["api"] => (new JsonObject { ["kind"] = "APIVersions", ["versions"] = new JsonArray("v1") }, "application/json"),
            ["apis"] => (new JsonObject
            {
                ["kind"] = "APIGroupList",
                ["apiVersion"] = "v1",
                ["groups"] = registry.Groups.Where(group => group.Key.Length > 0).Select(group => (JsonNode?)Group(group)).ToJsonArray(),
            }, "application/json"),
            ["apis", var name] => registry.Groups.FirstOrDefault(group => group.Key == name) is { } found ? (Group(found), "application/json") : null,
            ["api", var version] => Resources(registry, "", version),
            ["apis", var name, var version] => Resources(registry, name, version),
            _ => null,
        };
    }

    private static JsonObject All(ResourceRegistry registry, bool isCore) => new()
    {
        ["kind"] = "APIGroupDiscoveryList",
        ["apiVersion"] = "apidiscovery.k8s.io/v2",
        ["metadata"] = new JsonObject(),
        ["items"] = registry.Groups.Where(group => (group.Key.Length == 0) == isCore).Select(group => (JsonNode?)new JsonObject
        {
            ["metadata"] = group.Key.Length == 0 ? new JsonObject() : new JsonObject { ["name"] = group.Key },
            ["versions"] = group.GroupBy(type => type.Version).Select(version => (JsonNode?)new JsonObject
            {
                ["version"] = version.Key,
                ["freshness"] = "Current",
                ["resources"] = version.Select(type => (JsonNode?)Discovered(type)).ToJsonArray(),
            }).ToJsonArray(),
        }).ToJsonArray(),
    };

    private static JsonObject Discovered(ResourceType type) => new()
    {
        ["resource"] = type.Plural,
        ["responseKind"] = Kind(type.Group, type.Version, type.Kind),
        ["scope"] = type.Namespaced ? "Namespaced" : "Cluster",
        ["singularResource"] = type.Singular,
        ["verbs"] = type.Verbs.ToJsonArray(),
        ["shortNames"] = type.ShortNames.ToJsonArray(),
        ["categories"] = type.Categories.ToJsonArray(),
        ["subresources"] = Subresources(type).Select(sub => (JsonNode?)new JsonObject
        {
            ["subresource"] = sub.Name,
            ["responseKind"] = Kind(sub.Group, sub.Version, sub.Kind),
            ["verbs"] = sub.Verbs.ToJsonArray(),
        }).ToJsonArray(),
    };

    private static JsonObject Kind(string group, string version, string kind) => new() { ["group"] = group, ["version"] = version, ["kind"] = kind };

    private static JsonObject Group(IGrouping<string, ResourceType> group)
    {
        var versions = group.Select(type => type.Version).Distinct()
            .Select(version => new JsonObject { ["groupVersion"] = $"{group.Key}/{version}", ["version"] = version }).ToList();
        return new JsonObject
        {
            ["kind"] = "APIGroup",
            ["apiVersion"] = "v1",
            ["name"] = group.Key,
            ["versions"] = versions.Select(version => (JsonNode?)version.Clone()).ToJsonArray(),
            ["preferredVersion"] = versions[0],
        };
    }

    private static (JsonObject Json, string ContentType)? Resources(ResourceRegistry registry, string group, string version)
    {
        var types = registry.All.Where(type => type.Group == group && type.Version == version).ToList();
        if (types.Count == 0)
        {
            return null;
        }

        var rows = types.SelectMany(type => Subresources(type)
            .Select(sub => SubresourceRow(type, sub))
            .Prepend(Listed(type)));
        return (new JsonObject
        {
            ["kind"] = "APIResourceList",
            ["apiVersion"] = "v1",
            ["groupVersion"] = types[0].GroupVersion,
            ["resources"] = rows.Select(row => (JsonNode?)row).ToJsonArray(),
        }, "application/json");
    }

    private static JsonObject Listed(ResourceType type)
    {
        var row = Row(type.Plural, type.Singular, type.Namespaced, type.Kind, type.Verbs);
        row["shortNames"] = type.ShortNames.ToJsonArray();
        row["categories"] = type.Categories.ToJsonArray();
        return row;
    }

    // The group of Eviction is how kubectl drain learns that it can evict and need not delete.
    private static JsonObject SubresourceRow(ResourceType type, (string Name, string Group, string Version, string Kind, string[] Verbs) sub)
    {
        var row = Row($"{type.Plural}/{sub.Name}", "", type.Namespaced, sub.Kind, sub.Verbs);
        row["group"] = sub.Group;
        row["version"] = sub.Version;
        return row;
    }

    private static JsonObject Row(string name, string singular, bool namespaced, string kind, IEnumerable<string> verbs) => new()
    {
        ["name"] = name,
        ["singularName"] = singular,
        ["namespaced"] = namespaced,
        ["kind"] = kind,
        ["verbs"] = verbs.ToJsonArray(),
    };

    private static IEnumerable<(string Name, string Group, string Version, string Kind, string[] Verbs)> Subresources(ResourceType type)
    {
        if (type.HasStatus)
        {
            yield return ("status", type.Group, type.Version, type.Kind, ["get", "patch", "update"]);
        }

        if (type is { Kind: "Pod", IsCustom: false })
        {
            yield return ("eviction", "policy", "v1", "Eviction", ["create"]);
        }
    }
}
