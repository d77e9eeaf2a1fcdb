using System.Text.Json.Nodes;
using Slipway.Rehearsal.Kubernetes.Json;

namespace Slipway.Rehearsal.Kubernetes.Writing;

/// <param name="Propagation"><c>Background</c>, <c>Foreground</c> or <c>Orphan</c>.</param>
/// <param name="GraceSeconds">Null for the object's own.</param>
internal sealed record DeleteOptions(string Propagation = "Background", long? GraceSeconds = null, string? Uid = null, string? ResourceVersion = null, bool IsDryRun = false)
{
    public static DeleteOptions Read(JsonNode? body, string propagation, long? graceSeconds, bool isDryRun) => new(
        propagation.Length > 0 ? propagation : body.Text("propagationPolicy") ?? (body.Flag("orphanDependents") ? "Orphan" : "Background"),
        graceSeconds ?? body.Number("gracePeriodSeconds"),
        body.Text("preconditions", "uid"),
        body.Text("preconditions", "resourceVersion"),
        isDryRun || body.Texts("dryRun").Any());
}
