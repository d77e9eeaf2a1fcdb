using System.Text.Json.Nodes;

namespace Slipway.Kubernetes.Helm;

/// <summary>One line of <c>helm history</c>.</summary>
internal sealed record HelmRevision(int Revision, string Status, string Chart)
{
    public static HelmRevision From(JsonObject entry) => new(
        entry["revision"]?.GetValue<int>() ?? 0, entry["status"]?.GetValue<string>() ?? "unknown", entry["chart"]?.GetValue<string>() ?? "");

    /// <summary>This revision was in effect: helm can go back to it.</summary>
    public bool WasDeployed => Status is "deployed" or "superseded";
}
