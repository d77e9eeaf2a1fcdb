using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Slipway.Rehearsal.Kubernetes.Http;

/// <summary>get and list.</summary>
internal sealed class ReadEndpoint(KubernetesStore store, TimeProvider time)
{
    public async Task GetAsync(ResourceRequest request)
    {
        var item = store.Find(request.Type, request.Namespace, request.Name) ?? throw ApiException.NotFound(request.Type, request.Name);
        var view = new ObjectView(request, time);
        await Answer.BytesAsync(request.Http, 200, view.One(item), view.ContentType);
    }

    public async Task ListAsync(ResourceRequest request)
    {
        var selector = request.Selector();
        var (items, revision) = store.List(request.Type, request.Namespace);
        var matching = items.Where(selector.Matches).ToList();
        var metadata = new JsonObject { ["resourceVersion"] = revision.ToString(CultureInfo.InvariantCulture) };
        if (request.Query("continue") is { Length: > 0 } token)
        {
            var (ns, name) = Position(token);
            matching = [.. matching.Where(item => (string.CompareOrdinal(item.Namespace, ns), string.CompareOrdinal(item.Name, name)) is ( > 0, _) or (0, > 0))];
        }

        if (request.QueryNumber("limit") is > 0 and var limit && matching.Count > limit)
        {
            var last = matching[(int)limit - 1];
            metadata["continue"] = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{last.Namespace}/{last.Name}"));
            if (selector.IsEverything)
            {
                metadata["remainingItemCount"] = matching.Count - limit;
            }

            matching = matching[..(int)limit];
        }

        var view = new ObjectView(request, time);
        await Answer.BytesAsync(request.Http, 200, view.List(matching, metadata), view.ContentType);
    }

    /// <summary>Where the page before ended. Objects made since then may show up, which a real server hides by reading an old revision.</summary>
    private static (string Namespace, string Name) Position(string token)
    {
        try
        {
            var parts = Encoding.UTF8.GetString(Convert.FromBase64String(token)).Split('/', 2);
            return (parts[0], parts[1]);
        }
        catch (Exception error) when (error is FormatException or IndexOutOfRangeException)
        {
            throw ApiException.BadRequest("continue key is not valid");
        }
    }
}
