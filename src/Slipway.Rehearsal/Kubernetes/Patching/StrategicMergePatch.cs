using System.Text.Json.Nodes;
using Slipway.Rehearsal.Kubernetes.Json;
using Slipway.Rehearsal.Kubernetes.Schemas;

namespace Slipway.Rehearsal.Kubernetes.Patching;

/// <summary>
/// The merge that kubectl apply sends for built-in kinds: like a merge patch, but lists merge by key and directives
/// (<c>$patch</c>, <c>$deleteFromPrimitiveList/</c>, <c>$setElementOrder/</c>, <c>$retainKeys</c>) say what a plain merge cannot.
/// </summary>
internal static class StrategicMergePatch
{
    private const string Directive = "$patch";
    private const string DeletePrefix = "$deleteFromPrimitiveList/";
    private const string OrderPrefix = "$setElementOrder/";
    private const string Retain = "$retainKeys";

    public static void Apply(SchemaNode schema, JsonObject target, JsonObject patch)
    {
        if (patch.Text(Directive) == "replace")
        {
            target.Clear();
        }

        foreach (var (name, change) in patch)
        {
            if (name.StartsWith(DeletePrefix, StringComparison.Ordinal) && change is JsonArray doomed && target[name[DeletePrefix.Length..]] is JsonArray from)
            {
                from.RemoveAll(item => doomed.Any(value => JsonNode.DeepEquals(value, item)));
            }
            else if (name == Retain)
            {
                var kept = patch.Texts(Retain).ToHashSet();
                foreach (var other in target.Select(field => field.Key).Where(key => !kept.Contains(key)).ToList())
                {
                    target.Remove(other);
                }
            }
            else if (!name.StartsWith('$'))
            {
                ApplyField(schema.Field(name) ?? SchemaNode.Anything, target, name, change);
            }
        }

        foreach (var (name, order) in patch.Where(field => field.Key.StartsWith(OrderPrefix, StringComparison.Ordinal)))
        {
            if (order is JsonArray wanted && target[name[OrderPrefix.Length..]] is JsonArray list)
            {
                Sort(list, wanted, (schema.Field(name[OrderPrefix.Length..]) ?? SchemaNode.Anything).MergeKey);
            }
        }
    }

    private static void ApplyField(SchemaNode schema, JsonObject target, string name, JsonNode? change)
    {
        switch (change)
        {
            case null:
            case JsonObject fields when fields.Text(Directive) == "delete":
                target.Remove(name);
                break;
            case JsonObject fields:
                Apply(schema, target.Ensure(name), fields);
                break;
            case JsonArray list when schema.MergeKey is { } key:
                MergeList(schema, target.EnsureList(name), list, key);
                break;
            case JsonArray list when schema.IsSet && target[name] is JsonArray present:
                foreach (var value in list.Where(value => !present.Any(item => JsonNode.DeepEquals(item, value))))
                {
                    present.Add(value?.DeepClone());
                }

                break;
            default:
                target[name] = change.DeepClone();
                break;
        }
    }

    private static void MergeList(SchemaNode schema, JsonArray target, JsonArray patch, string key)
    {
        if (patch.OfType<JsonObject>().Any(item => item.Text(Directive) == "replace"))
        {
            target.Clear();
        }

        foreach (var item in patch.OfType<JsonObject>())
        {
            var present = target.OfType<JsonObject>().FirstOrDefault(other => JsonNode.DeepEquals(other[key], item[key]));
            switch (item.Text(Directive))
            {
                case "delete":
                    target.RemoveAll(other => JsonNode.DeepEquals(other.At(key), item[key]));
                    break;
                case "replace" when !item.ContainsKey(key):
                    break;
                default:
                    if (present is null)
                    {
                        target.Add((JsonNode)(present = []));
                    }

                    Apply(schema.Items ?? SchemaNode.Anything, present, item);
                    break;
            }
        }
    }

    /// <summary>Elements that the patch names come in its order; those it does not name keep theirs, behind.</summary>
    private static void Sort(JsonArray list, JsonArray wanted, string? key)
    {
        JsonNode? Identity(JsonNode? item) => key is null ? item : item.At(key);
        int Rank(JsonNode? item)
        {
            var at = wanted.Select(Identity).ToList().FindIndex(value => JsonNode.DeepEquals(value, Identity(item)));
            return at < 0 ? int.MaxValue : at;
        }

        var sorted = list.OrderBy(Rank).ToList();
        list.Clear();
        foreach (var item in sorted)
        {
            list.Add(item);
        }
    }
}
