using System.Text.Json.Nodes;
using Slipway.Rehearsal.Kubernetes.Json;
using Slipway.Rehearsal.Kubernetes.Resources;

namespace Slipway.Rehearsal.Kubernetes.Http;

/// <summary>A request that ends with a Status object (apimachinery's metav1.Status) instead of a result.</summary>
internal sealed class ApiException(int code, string reason, string message) : Exception(message)
{
    public int Code { get; } = code;

    public string Reason { get; } = reason;

    public ResourceType? Type { get; init; }

    public string Name { get; init; } = "";

    public IReadOnlyList<StatusCause> Causes { get; init; } = [];

    public int RetryAfterSeconds { get; init; }

    public static ApiException NotFound(ResourceType type, string name) =>
        new(404, "NotFound", $"{type.GroupResource} \"{name}\" not found") { Type = type, Name = name };

    public static ApiException NoSuchPath() => new(404, "NotFound", "the server could not find the requested resource");

    public static ApiException AlreadyExists(ResourceType type, string name) =>
        new(409, "AlreadyExists", $"{type.GroupResource} \"{name}\" already exists") { Type = type, Name = name };

    public static ApiException Conflict(ResourceType type, string name, string detail) =>
        new(409, "Conflict", $"Operation cannot be fulfilled on {type.GroupResource} \"{name}\": {detail}") { Type = type, Name = name };

    public static ApiException BadRequest(string message) => new(400, "BadRequest", message);

    public static ApiException Invalid(ResourceType type, string name, IReadOnlyList<StatusCause> causes)
    {
        var texts = causes.Select(cause => $"{cause.Field}: {cause.Message}").ToList();
        var kind = type.Group.Length == 0 ? type.Kind : $"{type.Kind}.{type.Group}";
        var list = texts.Count == 1 ? texts[0] : $"[{string.Join(", ", texts)}]";
        return new(422, "Invalid", $"{kind} \"{name}\" is invalid: {list}") { Type = type, Name = name, Causes = causes };
    }

    public JsonObject ToStatus()
    {
        var status = new JsonObject
        {
            ["kind"] = "Status",
            ["apiVersion"] = "v1",
            ["metadata"] = new JsonObject(),
            ["status"] = "Failure",
            ["message"] = Message,
            ["reason"] = Reason,
        };
        var details = new JsonObject();
        if (Type is not null)
        {
            details["name"] = Name;
            details["group"] = Type.Group;
            details["kind"] = Reason == "Invalid" ? Type.Kind : Type.Plural;
        }

        if (Causes.Count > 0)
        {
            details["causes"] = Causes
                .Select(cause => (JsonNode?)new JsonObject { ["reason"] = cause.Reason, ["message"] = cause.Message, ["field"] = cause.Field })
                .ToJsonArray();
        }

        if (RetryAfterSeconds > 0)
        {
            details["retryAfterSeconds"] = RetryAfterSeconds;
        }

        status["details"] = details;
        status["code"] = Code;
        return status;
    }
}
