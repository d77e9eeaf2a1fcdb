using System.Text.Json.Nodes;
using Slipway.Rehearsal.Kubernetes.Json;
using Slipway.Rehearsal.Kubernetes.Resources;
using Slipway.Rehearsal.Kubernetes.Storage;

namespace Slipway.Rehearsal.Kubernetes.Tables;

/// <summary>A list as a meta.k8s.io/v1 Table: the columns that kubectl prints.</summary>
internal static class ObjectTable
{
    public static JsonObject Of(ResourceType type, IReadOnlyList<StoredObject> items, JsonObject metadata, string includeObject, DateTimeOffset now)
    {
        var columns = type.Columns is { } custom ? CustomColumns.Of(custom) : BuiltInColumns.Of(type);
        return new JsonObject
        {
            ["kind"] = "Table",
            ["apiVersion"] = "meta.k8s.io/v1",
            ["metadata"] = metadata,
            ["columnDefinitions"] = columns.Select(column => (JsonNode?)new JsonObject
            {
                ["name"] = column.Name,
                ["type"] = column.Type,
                ["format"] = column.Name == "Name" ? "name" : "",
                ["description"] = "",
                ["priority"] = column.Priority,
            }).ToJsonArray(),
            ["rows"] = items.Select(item => (JsonNode?)new JsonObject
            {
                ["cells"] = columns.Select(column => column.Cell(item.Json, now)).ToJsonArray(),
                ["object"] = includeObject switch
                {
                    "Object" => item.Json.Clone(),
                    "None" => null,
                    _ => MetadataOnly(item.Json),
                },
            }).ToJsonArray(),
        };
    }

    public static JsonObject MetadataOnly(JsonObject json) => new()
    {
        ["kind"] = "PartialObjectMetadata",
        ["apiVersion"] = "meta.k8s.io/v1",
        ["metadata"] = json["metadata"]?.DeepClone(),
    };
}
