using System.Text.Json.Nodes;
using Slipway.Rehearsal.Kubernetes.Schemas;

namespace Slipway.Rehearsal.Kubernetes.Patching;

/// <summary>The two halves of an apply: laying a configuration over an object, and removing what the configuration dropped.</summary>
internal static class StructuralMerge
{
    /// <summary>Changes <paramref name="live"/> where it can and returns the merged node.</summary>
    public static JsonNode? Merge(SchemaNode schema, JsonNode? live, JsonNode? config)
    {
        switch (live, config)
        {
            case (JsonObject target, JsonObject fields) when !schema.IsAtomic:
                foreach (var (name, value) in fields)
                {
                    var before = target[name];
                    var after = Merge(schema.Field(name) ?? SchemaNode.Anything, before, value);
                    if (!ReferenceEquals(before, after))
                    {
                        target[name] = after;
                    }
                }

                return target;
            case (JsonArray target, JsonArray items) when schema.Keys.Count > 0:
                foreach (var item in items)
                {
                    var present = FieldPath.Step(target, FieldPath.KeyStep(item, schema.Keys));
                    if (present is null)
                    {
                        target.Add(item?.DeepClone());
                    }
                    else
                    {
                        Merge(schema.Items ?? SchemaNode.Anything, present, item);
                    }
                }

                return target;
            case (JsonArray target, JsonArray items) when schema.IsSet:
                foreach (var item in items.Where(item => FieldPath.Step(target, FieldPath.ValueStep(item)) is null))
                {
                    target.Add(item?.DeepClone());
                }

                return target;
            default:
                return config?.DeepClone();
        }
    }

    /// <summary>Removes <paramref name="dropped"/> from <paramref name="node"/>, except where somebody else, or the new configuration, has a say.</summary>
    public static void Remove(JsonNode? node, FieldSet dropped, FieldSet others, FieldSet kept)
    {
        foreach (var (step, field) in dropped.Children)
        {
            var theirs = others.Children.GetValueOrDefault(step) ?? FieldSet.Empty;
            var mine = kept.Children.GetValueOrDefault(step) ?? FieldSet.Empty;
            if (theirs.IsEmpty && mine.IsEmpty && (field.Self || step[0] == 'k'))
            {
                FieldPath.Remove(node, step);
                continue;
            }

            var child = FieldPath.Step(node, step);
            Remove(child, field, theirs, mine);
            if (child is JsonObject { Count: 0 } or JsonArray { Count: 0 } && theirs.IsEmpty && mine.IsEmpty)
            {
                FieldPath.Remove(node, step);
            }
        }
    }
}
