using System.Text.Json.Nodes;
using Slipway.Rehearsal.Kubernetes.Http;
using Slipway.Rehearsal.Kubernetes.Json;
using Slipway.Rehearsal.Kubernetes.Resources;

namespace Slipway.Rehearsal.Kubernetes.Writing;

/// <summary>A CRD is served from the moment it is stored, so its status says Established at once.</summary>
internal static class DefinitionAdmission
{
    public static void Admit(ResourceType type, JsonObject body, DateTimeOffset now)
    {
        var name = body.Text("metadata", "name") ?? "";
        var spec = body.Ensure("spec");
        var causes = Problems(spec, name).ToList();
        if (causes.Count > 0)
        {
            throw ApiException.Invalid(type, name, causes);
        }

        var names = spec.Ensure("names");
        names["singular"] ??= names.Text("kind")?.ToLowerInvariant();
        names["listKind"] ??= names.Text("kind") + "List";
        spec.Ensure("conversion")["strategy"] ??= "None";

        var status = body.Ensure("status");
        status["acceptedNames"] = names.Clone();
        status["storedVersions"] ??= spec.Items("versions").Where(version => version.Flag("storage")).Select(version => version.Text("name") ?? "").ToJsonArray();
        status["conditions"] ??= new JsonArray(
            Condition("NamesAccepted", "NoConflicts", "no conflicts found", now),
            Condition("Established", "InitialNamesAccepted", "the initial names have been accepted", now));
    }

    private static IEnumerable<StatusCause> Problems(JsonObject spec, string name)
    {
        foreach (var path in (string[][])[["group"], ["names", "plural"], ["names", "kind"], ["scope"]])
        {
            if (spec.Text(path) is not { Length: > 0 })
            {
                yield return new("FieldValueRequired", "Required value", $"spec.{string.Join('.', path)}");
            }
        }

        if (name != $"{spec.Text("names", "plural")}.{spec.Text("group")}")
        {
            yield return new("FieldValueInvalid", $"Invalid value: \"{name}\": must be spec.names.plural+\".\"+spec.group", "metadata.name");
        }

        if (spec.Items("versions").Count(version => version.Flag("storage")) != 1)
        {
            yield return new("FieldValueInvalid", "Invalid value: must have exactly one version marked as storage version", "spec.versions");
        }
    }

    private static JsonObject Condition(string type, string reason, string message, DateTimeOffset now) => new()
    {
        ["type"] = type,
        ["status"] = "True",
        ["reason"] = reason,
        ["message"] = message,
        ["lastTransitionTime"] = now.Timestamp(),
    };
}
