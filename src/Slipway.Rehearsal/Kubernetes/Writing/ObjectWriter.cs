using System.Text.Json.Nodes;
using Slipway.Rehearsal.Kubernetes.Http;
using Slipway.Rehearsal.Kubernetes.Json;
using Slipway.Rehearsal.Kubernetes.Patching;
using Slipway.Rehearsal.Kubernetes.Resources;
using Slipway.Rehearsal.Kubernetes.Schemas;
using Slipway.Rehearsal.Kubernetes.Storage;

namespace Slipway.Rehearsal.Kubernetes.Writing;

/// <summary>Create, update and patch as the API server does them: decode, admit, check, record owners, store. Failures are <see cref="ApiException"/>.</summary>
internal sealed class ObjectWriter(KubernetesStore store, TimeProvider time, ObjectAdmission admission)
{
    private const string Stale = "the object has been modified; please apply your changes to the latest version and try again";

    public JsonObject Create(ResourceType type, string ns, JsonObject body, WriteOptions options)
    {
        lock (store.Gate)
        {
            var name = ObjectIdentity.Identify(type, ns, "", body);
            if (store.Find(type, ns, name) is not null)
            {
                throw ApiException.AlreadyExists(type, name);
            }

            Decode(type, body, options);
            if (type.HasStatus)
            {
                body.Remove("status");
            }

            return Store(type, ns, name, null, body, options, fields => fields.Record(null, body));
        }
    }

    public JsonObject Update(ResourceType type, string ns, string name, JsonObject body, WriteOptions options)
    {
        lock (store.Gate)
        {
            ObjectIdentity.Identify(type, ns, name, body);
            var live = store.Find(type, ns, name) ?? throw ApiException.NotFound(type, name);
            Decode(type, body, options);
            return Replace(type, live, body, options, fields => fields.Record(live.Json, body));
        }
    }

    /// <returns>The object, and whether it was made by this call (an apply to nothing).</returns>
    public (JsonObject Object, bool IsNew) Patch(ResourceType type, string ns, string name, PatchKind kind, JsonNode? patch, WriteOptions options)
    {
        lock (store.Gate)
        {
            if (kind == PatchKind.Apply)
            {
                return Apply(type, ns, name, patch as JsonObject ?? throw ApiException.BadRequest("an apply patch is an object"), options);
            }

            var live = store.Find(type, ns, name) ?? throw ApiException.NotFound(type, name);
            var body = Patched(type, live.Json.Clone(), kind, patch);
            ObjectIdentity.Identify(type, ns, name, body);
            Decode(type, body, options);
            return (Replace(type, live, body, options, fields => fields.Record(live.Json, body)), false);
        }
    }

    private (JsonObject Object, bool IsNew) Apply(ResourceType type, string ns, string name, JsonObject config, WriteOptions options)
    {
        if (options.Manager.Length == 0)
        {
            throw ApiException.BadRequest("PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is required for apply patch");
        }

        if (config.At("metadata", "managedFields") is JsonArray { Count: > 0 })
        {
            throw ApiException.BadRequest("metadata.managedFields must be nil");
        }

        ObjectIdentity.Identify(type, ns, name, config);
        Decode(type, config, options);
        var fields = Ownership(type, options);
        if (store.Find(type, ns, name) is { } live)
        {
            CheckPreconditions(type, live, config);
            var merged = fields.Apply(live.Json, config, options.Force);
            merged.Ensure("metadata")["resourceVersion"] = null;
            return (Replace(type, live, merged, options, null), false);
        }

        if (options.Subresource.Length > 0)
        {
            throw ApiException.NotFound(type, name);
        }

        if (type.HasStatus)
        {
            config.Remove("status");
        }

        var nothing = new JsonObject { ["apiVersion"] = type.GroupVersion, ["kind"] = type.Kind };
        var made = fields.Apply(nothing, config, options.Force);
        return (Store(type, ns, name, null, made, options, null), true);
    }

    private static JsonObject Patched(ResourceType type, JsonObject target, PatchKind kind, JsonNode? patch)
    {
        switch (kind, patch)
        {
            case (PatchKind.Json, JsonArray steps):
                JsonPatch.Apply(target, steps);
                return target;
            case (PatchKind.Merge, JsonObject):
                return (JsonObject)MergePatch.Apply(target, patch)!;
            case (PatchKind.Strategic, JsonObject changes) when !type.IsCustom:
                StrategicMergePatch.Apply(type.Schema, target, changes);
                return target;
            case (PatchKind.Strategic, _) when type.IsCustom:
                throw new ApiException(415, "UnsupportedMediaType",
                    "the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml");
            default:
                throw ApiException.BadRequest("the body is not a patch of the kind that Content-Type names");
        }
    }

    private JsonObject Replace(ResourceType type, StoredObject live, JsonObject body, WriteOptions options, Action<FieldOwnership>? record)
    {
        CheckPreconditions(type, live, body);
        ObjectIdentity.KeepSystemFields(type, live.Json, body, options);
        return Store(type, live.Namespace, live.Name, live, body, options, record);
    }

    private JsonObject Store(ResourceType type, string ns, string name, StoredObject? live, JsonObject body, WriteOptions options, Action<FieldOwnership>? record)
    {
        var metadata = body.Ensure("metadata");
        if (live is null)
        {
            CheckNamespace(type, ns);
            metadata["name"] = name;
            metadata["uid"] = Guid.NewGuid().ToString();
            metadata["creationTimestamp"] = time.GetUtcNow().Timestamp();
            metadata.Remove("deletionTimestamp");
        }

        SchemaCheck.FillDefaults(type.Schema, body);
        if (SchemaCheck.Violations(type.Schema, body) is { Count: > 0 } causes)
        {
            throw ApiException.Invalid(type, name, causes);
        }

        record?.Invoke(Ownership(type, options));
        admission.Admit(type, live?.Json, body);
        SetGeneration(live?.Json, body);
        if (live is not null && IsSame(live.Json, body))
        {
            return live.Json;
        }

        if (options.IsDryRun)
        {
            return body;
        }

        var stored = store.Put(type, body);
        if (stored.IsDeleting && body.At("metadata", "finalizers") is not JsonArray { Count: > 0 } && live?.Json.At("metadata", "finalizers") is JsonArray { Count: > 0 })
        {
            // The last finalizer is gone: what was marked for deletion goes now.
            store.Remove(type.StorageKey, ns, name);
        }

        return stored.Json;
    }

    private static void Decode(ResourceType type, JsonObject body, WriteOptions options)
    {
        if (!type.IsCustom)
        {
            SchemaCheck.DropNulls(body);
        }

        var unknown = SchemaCheck.UnknownFields(type.Schema, body, prune: true);
        if (unknown.Count == 0 || options.Validation == FieldValidation.Ignore)
        {
            return;
        }

        var fields = unknown.Select(path => $"unknown field \"{path}\"").ToList();
        if (options.Validation == FieldValidation.Strict)
        {
            throw ApiException.BadRequest($"{type.Kind} in version \"{type.Version}\" cannot be handled as a {type.Kind}: strict decoding error: {string.Join(", ", fields)}");
        }

        fields.ForEach(options.Warn);
    }

    private static void CheckPreconditions(ResourceType type, StoredObject live, JsonObject body)
    {
        if (body.Text("metadata", "resourceVersion") is { Length: > 0 } version && version != live.Json.Text("metadata", "resourceVersion"))
        {
            throw ApiException.Conflict(type, live.Name, Stale);
        }

        if (body.Text("metadata", "uid") is { Length: > 0 } uid && uid != live.Uid)
        {
            throw ApiException.Conflict(type, live.Name, $"Precondition failed: UID in precondition: {uid}, UID in object meta: {live.Uid}");
        }
    }

    private void CheckNamespace(ResourceType type, string ns)
    {
        if (!type.Namespaced)
        {
            return;
        }

        var parent = store.Find(BuiltInResources.Namespaces, "", ns) ?? throw ApiException.NotFound(BuiltInResources.Namespaces, ns);
        if (parent.IsDeleting)
        {
            throw new ApiException(403, "Forbidden", $"unable to create new content in namespace {ns} because it is being terminated")
            {
                Type = type,
                Causes = [new("NamespaceTerminating", $"namespace {ns} is being terminated", "metadata.namespace")],
            };
        }
    }

    private static void SetGeneration(JsonObject? live, JsonObject body)
    {
        if (!body.ContainsKey("spec"))
        {
            return;
        }

        var before = live.Number("metadata", "generation") ?? 0;
        body.Ensure("metadata")["generation"] = live is not null && JsonNode.DeepEquals(live["spec"], body["spec"]) ? Math.Max(before, 1) : before + 1;
    }

    /// <summary>True when nothing but times of field owners differs: such a write is no new version.</summary>
    private static bool IsSame(JsonObject live, JsonObject body)
    {
        static JsonObject WithoutTimes(JsonObject json)
        {
            var copy = json.Clone();
            foreach (var entry in copy.Items("metadata", "managedFields"))
            {
                entry.Remove("time");
            }

            return copy;
        }

        return JsonNode.DeepEquals(WithoutTimes(live), WithoutTimes(body));
    }

    private FieldOwnership Ownership(ResourceType type, WriteOptions options) => new(type, options.Manager, options.Subresource, time.GetUtcNow().Timestamp());
}
