using System.Text.Json.Nodes;
using Slipway.Rehearsal.Kubernetes.Json;
using Slipway.Rehearsal.Kubernetes.Schemas;

namespace Slipway.Rehearsal.Kubernetes.Patching;

/// <summary>
/// A set of fields as <c>metadata.managedFields[].fieldsV1</c> writes it: a tree whose steps are <c>f:name</c>, <c>k:{keys}</c> for an element
/// of a keyed list and <c>v:value</c> for a member of a set. A value: every operation makes a new one.
/// </summary>
internal sealed class FieldSet
{
    public static readonly FieldSet Empty = new(false, []);
    private static readonly FieldSet Leaf = new(true, []);

    private FieldSet(bool self, SortedDictionary<string, FieldSet> children) => (Self, Children) = (self, children);

    /// <summary>The place itself is in the set, not only something below it.</summary>
    public bool Self { get; }

    public SortedDictionary<string, FieldSet> Children { get; }

    public bool IsEmpty => !Self && Children.Count == 0;

    public static FieldSet Parse(JsonNode? fieldsV1)
    {
        var children = Sorted();
        foreach (var (step, below) in fieldsV1 as JsonObject ?? [])
        {
            if (step != ".")
            {
                var child = Parse(below);
                children[step] = below is JsonObject { Count: > 0 } ? child : Leaf;
            }
        }

        return new FieldSet(fieldsV1.At(".") is not null, children);
    }

    /// <summary>Every field that <paramref name="node"/> has.</summary>
    public static FieldSet Of(SchemaNode schema, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject { Count: > 0 } fields when !schema.IsAtomic:
                var children = Sorted();
                foreach (var (name, value) in fields)
                {
                    children["f:" + name] = Of(schema.Field(name) ?? SchemaNode.Anything, value);
                }

                return new FieldSet(false, children);
            case JsonArray { Count: > 0 } list when schema.Keys.Count > 0:
                var items = Sorted();
                foreach (var item in list)
                {
                    items[FieldPath.KeyStep(item, schema.Keys)] = new FieldSet(true, Of(schema.Items ?? SchemaNode.Anything, item).Children);
                }

                return new FieldSet(false, items);
            case JsonArray { Count: > 0 } list when schema.IsSet:
                var members = Sorted();
                foreach (var item in list)
                {
                    members[FieldPath.ValueStep(item)] = Leaf;
                }

                return new FieldSet(false, members);
            default:
                return Leaf;
        }
    }

    /// <summary>The fields of <paramref name="after"/> that were not there before or had another value.</summary>
    public static FieldSet Changed(FieldSet fieldsAfter, JsonNode? before, JsonNode? after) =>
        fieldsAfter.Select((step, field) =>
        {
            var (old, now) = (FieldPath.Step(before, step), FieldPath.Step(after, step));
            var below = Changed(field, old, now);
            var self = field.Self && (old is null || (field.Children.Count == 0 && !JsonNode.DeepEquals(old, now)));
            return new FieldSet(self, below.Children);
        });

    public FieldSet Union(FieldSet other)
    {
        var children = Sorted();
        foreach (var (step, field) in Children)
        {
            children[step] = field;
        }

        foreach (var (step, field) in other.Children)
        {
            children[step] = children.TryGetValue(step, out var present) ? present.Union(field) : field;
        }

        return new FieldSet(Self || other.Self, children);
    }

    public FieldSet Except(FieldSet other)
    {
        var rest = Select((step, field) => other.Children.TryGetValue(step, out var theirs) ? field.Except(theirs) : field);
        return new FieldSet(Self && !other.Self, rest.Children);
    }

    public FieldSet Intersect(FieldSet other)
    {
        var both = Select((step, field) => other.Children.TryGetValue(step, out var theirs) ? field.Intersect(theirs) : Empty);
        return new FieldSet(Self && other.Self, both.Children);
    }

    /// <summary>Without a step, for the fields that nobody may own.</summary>
    public FieldSet Without(string step) => Select((name, field) => name == step ? Empty : field);

    public FieldSet Within(string step, Func<FieldSet, FieldSet> change) => Select((name, field) => name == step ? change(field) : field);

    public JsonObject ToJson()
    {
        var json = new JsonObject();
        if (Self && Children.Count > 0)
        {
            json["."] = new JsonObject();
        }

        foreach (var (step, field) in Children)
        {
            json[step] = field.ToJson();
        }

        return json;
    }

    /// <summary>The paths of all members, as <c>.spec.ports[port=80,protocol="TCP"].name</c>.</summary>
    public IEnumerable<(string Path, string[] Steps)> Members(string path = "", params string[] steps) =>
        Children.SelectMany(child =>
        {
            var (here, below) = (path + FieldPath.Text(child.Key), (string[])[.. steps, child.Key]);
            return (child.Value.Self ? [(here, below)] : Enumerable.Empty<(string, string[])>()).Concat(child.Value.Members(here, below));
        });

    private FieldSet Select(Func<string, FieldSet, FieldSet> change)
    {
        var children = Sorted();
        foreach (var (step, field) in Children)
        {
            if (change(step, field) is { IsEmpty: false } changed)
            {
                children[step] = changed;
            }
        }

        return new FieldSet(Self, children);
    }

    private static SortedDictionary<string, FieldSet> Sorted() => new(StringComparer.Ordinal);
}
