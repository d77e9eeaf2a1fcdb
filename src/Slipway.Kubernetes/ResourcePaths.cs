using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Slipway.Core.Planning;

namespace Slipway.Kubernetes;

/// <summary>
/// Where an object lives in the API: its kind's plural and scope, from discovery. What was found is kept; what was not is asked
/// again each time, since a CRD may have just appeared.
/// </summary>
internal sealed class ResourcePaths(KubernetesApiClient api)
{
    private readonly ConcurrentDictionary<(string ApiVersion, string Kind), (string Plural, bool Namespaced)> _known = new();

    /// <summary>The object's path, or null while the server does not serve its kind.</summary>
    public async Task<string?> OfAsync(ManifestId id, CancellationToken cancellationToken)
    {
        if (!_known.TryGetValue((id.ApiVersion, id.Kind), out var resource))
        {
            await DiscoverAsync(id.ApiVersion, cancellationToken);
            if (!_known.TryGetValue((id.ApiVersion, id.Kind), out resource))
            {
                return null;
            }
        }

        var root = RootOf(id.ApiVersion);
        var name = Uri.EscapeDataString(id.Name);
        return resource.Namespaced
            ? $"{root}/namespaces/{Uri.EscapeDataString(id.Namespace.Length > 0 ? id.Namespace : "default")}/{resource.Plural}/{name}"
            : $"{root}/{resource.Plural}/{name}";
    }

    /// <summary>The kind is gone, or was never what we thought: ask again next time.</summary>
    public void Forget(ManifestId id) => _known.TryRemove((id.ApiVersion, id.Kind), out _);

    private async Task DiscoverAsync(string apiVersion, CancellationToken cancellationToken)
    {
        var answer = await api.GetAsync(RootOf(apiVersion), KubernetesDeadlines.Read, cancellationToken);
        if (answer.Status == HttpStatusCode.NotFound)
        {
            return;
        }

        if (!answer.IsSuccess)
        {
            throw ApiErrors.From(answer, $"asking for the kinds of {apiVersion}");
        }

        foreach (var resource in (answer.Json()?["resources"] as JsonArray ?? []).OfType<JsonObject>())
        {
            // Names with a slash are subresources such as pods/exec.
            if ((string?)resource["name"] is { } plural && !plural.Contains('/') && (string?)resource["kind"] is { } kind)
            {
                _known[(apiVersion, kind)] = (plural, (bool?)resource["namespaced"] ?? false);
            }
        }
    }

    private static string RootOf(string apiVersion) => apiVersion.Contains('/') ? $"/apis/{apiVersion}" : $"/api/{apiVersion}";
}
