using System.Text.Json.Nodes;
using Slipway.Rehearsal.Kubernetes.Json;

namespace Slipway.Rehearsal.Kubernetes.Controllers;

internal static class Conditions
{
    public static bool IsTrue(JsonNode? item, string type) => Find(item.At("status"), type).Text("status") == "True";

    /// <summary>Sets one condition in a status; lastTransitionTime moves only when the status word does.</summary>
    public static void Set(JsonObject status, string type, string word, string reason, string message, DateTimeOffset now)
    {
        var list = status.EnsureList("conditions");
        var condition = Find(status, type);
        if (condition is null)
        {
            list.Add((JsonNode)(condition = new JsonObject { ["type"] = type }));
        }

        if (condition.Text("status") != word)
        {
            condition["status"] = word;
            condition["lastTransitionTime"] = now.Timestamp();
        }

        condition["reason"] = reason;
        condition["message"] = message;
    }

    private static JsonObject? Find(JsonNode? status, string type) => status.Items("conditions").FirstOrDefault(condition => condition.Text("type") == type);
}
