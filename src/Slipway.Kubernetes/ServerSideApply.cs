using System.Text.Json.Nodes;
using Slipway.Core.Failures;
using Slipway.Core.Planning;
using Slipway.Engine.Ports;

namespace Slipway.Kubernetes;

/// <summary>
/// What happens when a field that we want is somebody else's. An object that Slipway made is taken back: its spec is the
/// operator's word, and force takes only the fields that we send, others stay with their owners. An object that Slipway did not
/// make is left alone.
/// </summary>
internal static class ServerSideApply
{
    public const string Manager = "slipway";

    public static async Task<bool> MayForceAsync(ICluster cluster, Manifest manifest, CancellationToken cancellationToken) =>
        await cluster.GetAsync(manifest.Id, cancellationToken) is { } live && IsOurs(live);

    public static SlipwayException Conflict(ApiAnswer answer, ManifestId id)
    {
        var causes = answer.Json() is { } status ? ApiErrors.Causes(status).Where(cause => cause.Field.Length > 0).ToList() : [];
        var found = causes.Count > 0 ? string.Join("; ", causes.Select(cause => $"{cause.Field} ({cause.Message})")) : ApiErrors.Message(answer);
        return new SlipwayException(FailureReason.Kubernetes, $"applying {id}: fields belong to another manager: {found}")
        {
            Expected = "an object that Slipway made, or fields that nobody else owns",
            Found = found,
            Hint = $"remove the other owner's copy, or give it up with: kubectl apply --server-side --force-conflicts --field-manager={Manager}",
        };
    }

    /// <summary>Slipway has applied it before, and it still says so.</summary>
    private static bool IsOurs(JsonObject live) =>
        (string?)live["metadata"]?["labels"]?["app.kubernetes.io/managed-by"] == Manager
        && (live["metadata"]?["managedFields"] as JsonArray ?? []).OfType<JsonObject>().Any(entry => (string?)entry["manager"] == Manager && (string?)entry["operation"] == "Apply");
}
