using System.Net;
using System.Text.Json.Nodes;
using Slipway.Core.Failures;
using Slipway.Core.Planning;
using Slipway.Engine.Ports;

namespace Slipway.Kubernetes;

/// <summary>The Kubernetes API of one cluster, by raw requests on KubernetesClient's reading of the kubeconfig.</summary>
internal sealed partial class KubernetesCluster(KubernetesApiClient api) : ICluster
{
    private readonly ResourcePaths _paths = new(api);

    public async Task<string?> NotReadyReasonAsync(CancellationToken cancellationToken)
    {
        try
        {
            var answer = await api.GetAsync("/readyz", KubernetesDeadlines.Ready, cancellationToken);
            return answer.IsSuccess ? null : $"/readyz says {(int)answer.Status}: {ApiErrors.Message(answer)}";
        }
        catch (SlipwayException error) when (error.Reason is FailureReason.Unreachable or FailureReason.TimedOut)
        {
            return error.Message;
        }
    }

    public async Task<IReadOnlyList<KubernetesNode>> NodesAsync(CancellationToken cancellationToken) =>
        [.. (await ListAsync("/api/v1/nodes", cancellationToken)).Select(KubernetesObjects.Node)];

    public async Task<JsonObject?> GetAsync(ManifestId id, CancellationToken cancellationToken)
    {
        if (await _paths.OfAsync(id, cancellationToken) is not { } path)
        {
            return null;
        }

        var answer = await api.GetAsync(path, KubernetesDeadlines.Read, cancellationToken);
        if (answer.Status == HttpStatusCode.NotFound)
        {
            _paths.Forget(id);
            return null;
        }

        return Object(answer, $"reading {id}");
    }

    public async Task<JsonObject> ApplyAsync(Manifest manifest, CancellationToken cancellationToken)
    {
        var path = await _paths.OfAsync(manifest.Id, cancellationToken) ?? throw new SlipwayException(
            FailureReason.NotYet, $"applying {manifest.Id}: the API server does not serve {manifest.Id.Kind} of {manifest.Id.ApiVersion}")
        {
            Hint = "Cilium's operator registers its kinds once it runs",
        };
        var answer = await PatchAsync(path, manifest, force: false, cancellationToken);
        if (answer.Status == HttpStatusCode.Conflict)
        {
            answer = await ServerSideApply.MayForceAsync(this, manifest, cancellationToken)
                ? await PatchAsync(path, manifest, force: true, cancellationToken)
                : throw ServerSideApply.Conflict(answer, manifest.Id);
        }

        if (answer.Status == HttpStatusCode.NotFound)
        {
            _paths.Forget(manifest.Id);
        }

        return Object(answer, $"applying {manifest.Id}");
    }

    public async Task<IReadOnlyList<Workload>> WorkloadsAsync(string ns, CancellationToken cancellationToken)
    {
        var root = $"/apis/apps/v1/namespaces/{Uri.EscapeDataString(ns)}";
        var sets = await ListAsync($"{root}/daemonsets", cancellationToken);
        var deployments = await ListAsync($"{root}/deployments", cancellationToken);
        return [.. sets.Select(KubernetesObjects.DaemonSet), .. deployments.Select(KubernetesObjects.Deployment)];
    }

    /// <summary>Deletes an object; true when it was there.</summary>
    public async Task<bool> DeleteAsync(ManifestId id, CancellationToken cancellationToken)
    {
        if (await _paths.OfAsync(id, cancellationToken) is not { } path)
        {
            return false;
        }

        var answer = await api.SendAsync(HttpMethod.Delete, path, null, KubernetesDeadlines.Write, cancellationToken);
        return answer.Status != HttpStatusCode.NotFound && (answer.IsSuccess ? true : throw ApiErrors.From(answer, $"deleting {id}"));
    }

    public void Dispose() => api.Dispose();

    private Task<ApiAnswer> PatchAsync(string path, Manifest manifest, bool force, CancellationToken cancellationToken) =>
        api.SendAsync(HttpMethod.Patch, $"{path}?fieldManager={ServerSideApply.Manager}&fieldValidation=Strict&force={(force ? "true" : "false")}",
            ("application/apply-patch+yaml", manifest.Content), KubernetesDeadlines.Write, cancellationToken);

    /// <param name="query">Selectors, escaped, each with a leading ampersand.</param>
    private async Task<List<JsonObject>> ListAsync(string path, CancellationToken cancellationToken, string query = "")
    {
        var items = new List<JsonObject>();
        for (var next = ""; ;)
        {
            var answer = await api.GetAsync($"{path}?limit=500{query}{(next.Length > 0 ? $"&continue={Uri.EscapeDataString(next)}" : "")}", KubernetesDeadlines.Read, cancellationToken);
            var page = Object(answer, $"listing {path}");
            items.AddRange((page["items"] as JsonArray ?? []).OfType<JsonObject>());
            next = (string?)page["metadata"]?["continue"] ?? "";
            if (next.Length == 0)
            {
                return items;
            }
        }
    }

    private static JsonObject Object(ApiAnswer answer, string what) => answer.IsSuccess
        ? answer.Json() ?? throw new SlipwayException(FailureReason.Kubernetes, $"{what}: the Kubernetes API answered something that is no JSON object")
        : throw ApiErrors.From(answer, what);
}
