using System.Text.Json.Nodes;
using Slipway.Rehearsal.Kubernetes.Json;

namespace Slipway.Rehearsal.Kubernetes.Controllers;

/// <summary>Whether a pod may run on a node: nodeSelector, required node affinity, taints. Resources are not counted.</summary>
internal static class Scheduling
{
    /// <summary>Taints that pods of a DaemonSet tolerate without saying so (Kubernetes docs: "DaemonSet", taints and tolerations).</summary>
    private static readonly string[] DaemonTolerations =
    [
        "node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable", "node.kubernetes.io/disk-pressure", "node.kubernetes.io/memory-pressure",
        "node.kubernetes.io/pid-pressure", "node.kubernetes.io/unschedulable",
    ];

    /// <summary>Null when it fits, else the reason in the scheduler's words.</summary>
    public static string? Misfit(JsonNode? podSpec, JsonObject node, bool isDaemon)
    {
        if (!MatchesSelector(podSpec, node) || !MatchesAffinity(podSpec, node))
        {
            return "node(s) didn't match Pod's node affinity/selector";
        }

        // The cordon is a taint like others (Kubernetes: pkg/scheduler/framework/plugins/nodeunschedulable): who tolerates everything comes back to the very node.
        if (node.Flag("spec", "unschedulable") && !Tolerates(podSpec, new JsonObject { ["key"] = "node.kubernetes.io/unschedulable", ["effect"] = "NoSchedule" }, isDaemon))
        {
            return "node(s) were unschedulable";
        }

        var taint = node.Items("spec", "taints").FirstOrDefault(taint => taint.Text("effect") != "PreferNoSchedule" && !Tolerates(podSpec, taint, isDaemon));
        return taint is null ? null : $"node(s) had untolerated taint {{{taint.Text("key")}: {taint.Text("value")}}}";
    }

    private static bool MatchesSelector(JsonNode? podSpec, JsonObject node) =>
        (podSpec.At("nodeSelector") as JsonObject ?? []).All(label => node.Text("metadata", "labels", label.Key) == label.Value.Text());

    private static bool MatchesAffinity(JsonNode? podSpec, JsonObject node)
    {
        var terms = podSpec.Items("affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution", "nodeSelectorTerms").ToList();
        return terms.Count == 0 || terms.Exists(term => term.Items("matchExpressions").All(expression => Matches(expression, node)));
    }

    private static bool Matches(JsonObject expression, JsonObject node)
    {
        var label = node.Text("metadata", "labels", expression.Text("key") ?? "");
        return expression.Text("operator") switch
        {
            "In" => label is not null && expression.Texts("values").Contains(label),
            "NotIn" => label is null || !expression.Texts("values").Contains(label),
            "Exists" => label is not null,
            "DoesNotExist" => label is null,
            _ => false,
        };
    }

    private static bool Tolerates(JsonNode? podSpec, JsonObject taint, bool isDaemon)
    {
        var (key, effect) = (taint.Text("key") ?? "", taint.Text("effect"));
        return (isDaemon && DaemonTolerations.Contains(key))
            || podSpec.Items("tolerations").Any(toleration =>
                (toleration.Text("effect") is null or "" || toleration.Text("effect") == effect)
                && (toleration.Text("operator") == "Exists"
                    ? toleration.Text("key") is null or "" || toleration.Text("key") == key
                    : toleration.Text("key") == key && (toleration.Text("value") ?? "") == (taint.Text("value") ?? "")));
    }
}
