using System.Text.Json.Nodes;
using Slipway.Rehearsal.Kubernetes.Http;
using Slipway.Rehearsal.Kubernetes.Json;
using Slipway.Rehearsal.Kubernetes.Resources;

namespace Slipway.Rehearsal.Kubernetes.Writing;

/// <summary>What of an object is not the client's to change: which one it is, and the fields that the server keeps.</summary>
internal static class ObjectIdentity
{
    /// <summary>Checks that the body is the object that the path names and returns its name, made up from generateName if need be.</summary>
    public static string Identify(ResourceType type, string ns, string name, JsonObject body)
    {
        if (body.Text("kind") is { } kind && kind != type.Kind)
        {
            throw ApiException.BadRequest($"{type.Kind} in version \"{type.Version}\" cannot be handled as a {kind}: the body is of another kind than the path");
        }

        if (body.Text("apiVersion") is { } version && version != type.GroupVersion)
        {
            throw ApiException.BadRequest($"the API version in the data ({version}) does not match the expected API version ({type.GroupVersion})");
        }

        body["apiVersion"] = type.GroupVersion;
        body["kind"] = type.Kind;
        var metadata = body.Ensure("metadata");
        if (metadata.Text("namespace") is { Length: > 0 } inside && inside != ns)
        {
            throw ApiException.BadRequest($"the namespace of the provided object does not match the namespace sent on the request: \"{inside}\" and \"{ns}\"");
        }

        if (ns.Length > 0)
        {
            metadata["namespace"] = ns;
        }
        else
        {
            metadata.Remove("namespace");
        }

        var given = metadata.Text("name") is { Length: > 0 } own ? own : name;
        if (given.Length == 0 && metadata.Text("generateName") is { Length: > 0 } prefix)
        {
            given = prefix + Names.Suffix();
        }

        if (given.Length == 0)
        {
            throw ApiException.Invalid(type, "", [new("FieldValueRequired", "Required value: name or generateName is required", "metadata.name")]);
        }

        if (name.Length > 0 && given != name)
        {
            throw ApiException.BadRequest($"the name of the object ({given}) does not match the name on the URL ({name})");
        }

        if (!Names.IsValid(type, given))
        {
            throw ApiException.Invalid(type, given, [new("FieldValueInvalid", $"Invalid value: \"{given}\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.'", "metadata.name")]);
        }

        metadata["name"] = given;
        return given;
    }

    /// <summary>What a client cannot change, and the half of the object that this call is not about.</summary>
    public static void KeepSystemFields(ResourceType type, JsonObject live, JsonObject body, WriteOptions options)
    {
        if (options.Subresource == "status")
        {
            var managed = body.At("metadata", "managedFields")?.DeepClone();
            var status = body["status"]?.DeepClone();
            foreach (var name in body.Select(field => field.Key).ToList())
            {
                body.Remove(name);
            }

            foreach (var (name, value) in live)
            {
                body[name] = value?.DeepClone();
            }

            body["status"] = status;
            body.Ensure("metadata")["managedFields"] = managed;
        }
        else if (type.HasStatus)
        {
            body.Remove("status");
            if (live["status"] is { } status)
            {
                body["status"] = status.DeepClone();
            }
        }

        var metadata = body.Ensure("metadata");
        foreach (var name in (string[])["uid", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "generation", "resourceVersion"])
        {
            metadata.Remove(name);
            if (live.At("metadata", name) is { } value)
            {
                metadata[name] = value.DeepClone();
            }
        }
    }
}
