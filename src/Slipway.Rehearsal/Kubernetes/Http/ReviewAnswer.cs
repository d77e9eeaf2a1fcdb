using System.Security.Claims;
using System.Text.Json.Nodes;
using Slipway.Rehearsal.Kubernetes.Json;

namespace Slipway.Rehearsal.Kubernetes.Http;

/// <summary>Who am I, and may I: every certificate of the cluster's CA may do everything in a rehearsal.</summary>
internal static class ReviewAnswer
{
    public static JsonObject To(JsonObject review, ClaimsPrincipal user)
    {
        review["status"] = review.Text("kind") switch
        {
            "SelfSubjectReview" => new JsonObject
            {
                ["userInfo"] = new JsonObject
                {
                    ["username"] = user.Identity?.Name,
                    ["groups"] = user.FindAll(ClaimTypes.Role).Select(role => role.Value).Append("system:authenticated").ToJsonArray(),
                },
            },
            "SelfSubjectRulesReview" => new JsonObject
            {
                ["incomplete"] = false,
                ["nonResourceRules"] = new JsonArray(new JsonObject { ["verbs"] = new JsonArray("*"), ["nonResourceURLs"] = new JsonArray("*") }),
                ["resourceRules"] = new JsonArray(new JsonObject { ["verbs"] = new JsonArray("*"), ["apiGroups"] = new JsonArray("*"), ["resources"] = new JsonArray("*") }),
            },
            _ => new JsonObject { ["allowed"] = true, ["reason"] = "a rehearsal allows everything" },
        };
        return review;
    }
}
