using System.Text.Json.Nodes;
using Slipway.Rehearsal.Kubernetes.Http;
using Slipway.Rehearsal.Kubernetes.Json;
using Slipway.Rehearsal.Kubernetes.Resources;

namespace Slipway.Rehearsal.Kubernetes.Patching;

/// <summary>Server-side apply, and the bookkeeping of field owners for every other write (Kubernetes docs: "Server-Side Apply").</summary>
/// <param name="Subresource">Empty, or <c>status</c>.</param>
internal sealed record FieldOwnership(ResourceType Type, string Manager, string Subresource, string Time)
{
    private static readonly string[] SystemMetadata =
        ["name", "namespace", "uid", "resourceVersion", "generation", "creationTimestamp", "selfLink", "managedFields", "deletionTimestamp", "deletionGracePeriodSeconds", "generateName"];

    /// <summary>Merges <paramref name="config"/> over <paramref name="live"/> and returns the result with new owners.</summary>
    /// <exception cref="ApiException">409 with a cause for every field that another manager holds at another value, unless forced.</exception>
    public JsonObject Apply(JsonObject live, JsonObject config, bool force)
    {
        var managed = ManagedFields.Read(live.At("metadata", "managedFields"));
        var wanted = Owned(config);
        var conflicts = Conflicts(managed, wanted, live, config);
        if (conflicts.Count > 0 && !force)
        {
            throw ConflictOf(conflicts, config.Text("metadata", "name") ?? "");
        }

        var merged = (JsonObject)StructuralMerge.Merge(Type.Schema, live.Clone(), config)!;
        var ownedByOthers = managed.Others(Manager, "Apply", Subresource).Aggregate(FieldSet.Empty, (all, entry) => all.Union(entry.Fields));
        StructuralMerge.Remove(merged, managed.Of(Manager, "Apply", Subresource).Except(wanted), ownedByOthers, wanted);

        var entry = new ManagedFields.Entry(Manager, "Apply", Subresource, Type.GroupVersion, Time, wanted);
        var before = managed.Of(Manager, "Apply", Subresource);
        if (!before.Except(wanted).IsEmpty || !wanted.Except(before).IsEmpty)
        {
            managed.Set(entry);
        }

        managed.TakeFromOthers(entry, Paths(conflicts.Select(conflict => conflict.Field)));
        managed.Limit(Owned(merged));
        merged.Ensure("metadata")["managedFields"] = managed.ToJson();
        return merged;
    }

    /// <summary>After a create, update or patch: what it changed is the manager's own now, and nobody else's.</summary>
    public void Record(JsonObject? before, JsonObject after)
    {
        var given = after.At("metadata", "managedFields") as JsonArray;
        var isReset = given is [JsonObject { Count: 0 }];
        var managed = isReset ? ManagedFields.Read(null) : ManagedFields.Read(given is { Count: > 0 } ? given : before.At("metadata", "managedFields"));
        var fields = Owned(after);
        var changed = FieldSet.Changed(fields, before, after);
        if (!changed.IsEmpty && !isReset)
        {
            var entry = new ManagedFields.Entry(Manager, "Update", Subresource, Type.GroupVersion, Time, managed.Of(Manager, "Update", Subresource).Union(changed));
            managed.TakeFromOthers(entry, changed);
            managed.Set(entry);
        }

        managed.Limit(fields.Union(StatusOf(after)));
        after.Ensure("metadata")["managedFields"] = managed.ToJson();
    }

    private FieldSet StatusOf(JsonObject json) =>
        json.At("status") is { } status ? FieldSet.Of(Type.Schema, new JsonObject { ["status"] = status.DeepClone() }) : FieldSet.Empty;

    /// <summary>The fields of an object that can have an owner.</summary>
    private FieldSet Owned(JsonObject json)
    {
        var fields = FieldSet.Of(Type.Schema, json).Without("f:apiVersion").Without("f:kind")
            .Within("f:metadata", metadata => SystemMetadata.Aggregate(metadata, (rest, name) => rest.Without("f:" + name)));
        return Subresource == "status" || !Type.HasStatus ? fields : fields.Without("f:status");
    }

    private List<(ManagedFields.Entry Owner, (string Path, string[] Steps) Field)> Conflicts(ManagedFields managed, FieldSet wanted, JsonObject live, JsonObject config)
    {
        bool Differs(string[] steps)
        {
            var (now, then) = (steps.Aggregate((JsonNode?)live, FieldPath.Step), steps.Aggregate((JsonNode?)config, FieldPath.Step));
            // An element or object owned as such is no disagreement about its content.
            return !(now is JsonObject && then is JsonObject && steps[^1][0] == 'k') && !JsonNode.DeepEquals(now, then);
        }

        return [.. managed.Others(Manager, "Apply", Subresource)
            .SelectMany(owner => owner.Fields.Intersect(wanted).Members().Where(field => Differs(field.Steps)).Select(field => (owner, field)))];
    }

    private static FieldSet Paths(IEnumerable<(string Path, string[] Steps)> fields)
    {
        var all = FieldSet.Empty;
        foreach (var (_, steps) in fields)
        {
            var json = new JsonObject();
            foreach (var step in steps.Reverse())
            {
                json = new JsonObject { [step] = json };
            }

            all = all.Union(FieldSet.Parse(json));
        }

        return all;
    }

    private ApiException ConflictOf(List<(ManagedFields.Entry Owner, (string Path, string[] Steps) Field)> conflicts, string name)
    {
        static string Who(ManagedFields.Entry owner) =>
            $"\"{owner.Manager}\"{(owner.Subresource.Length > 0 ? $" with subresource \"{owner.Subresource}\"" : "")}{(owner.Operation == "Update" ? $" using {owner.ApiVersion}" : "")}";

        var text = string.Join("\n", conflicts.GroupBy(conflict => Who(conflict.Owner)).Select(group =>
            group.Count() == 1
                ? $"conflict with {group.Key}: {group.First().Field.Path}"
                : $"conflicts with {group.Key}:\n{string.Join("\n", group.Select(conflict => "- " + conflict.Field.Path))}"));
        var count = conflicts.Count == 1 ? "1 conflict" : $"{conflicts.Count} conflicts";
        return new ApiException(409, "Conflict", $"Apply failed with {count}: {text}")
        {
            Type = Type,
            Name = name,
            Causes = [.. conflicts.Select(conflict => new StatusCause("FieldManagerConflict", $"conflict with {Who(conflict.Owner)}", conflict.Field.Path))],
        };
    }
}
