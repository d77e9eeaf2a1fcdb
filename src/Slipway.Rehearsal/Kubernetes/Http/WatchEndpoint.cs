using System.Buffers;
using System.Globalization;
using System.Text.Json.Nodes;
using Slipway.Rehearsal.Kubernetes.Json;
using Slipway.Rehearsal.Kubernetes.Storage;

namespace Slipway.Rehearsal.Kubernetes.Http;

/// <summary>
/// A watch: JSON events, one a line, until the client leaves or its timeoutSeconds are over. These seconds, and the bookmarks each minute,
/// are the client's own time and not the rehearsal's.
/// </summary>
internal sealed class WatchEndpoint(KubernetesStore store, TimeProvider time, TimeProvider wireTime)
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan BookmarkInterval = TimeSpan.FromMinutes(1);

    public async Task WatchAsync(ResourceRequest request, CancellationToken stopping)
    {
        var selector = request.Selector();
        var since = request.QueryNumber("resourceVersion");
        var wantsInitial = request.Query("sendInitialEvents") is "true" or "1";
        var wantsBookmarks = request.Query("allowWatchBookmarks") is "true" or "1";
        request.Http.Response.ContentType = "application/json";
        using var timeout = new CancellationTokenSource(
            request.QueryNumber("timeoutSeconds") is > 0 and var seconds ? TimeSpan.FromSeconds(seconds) : DefaultTimeout, wireTime);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, request.Http.RequestAborted, stopping);

        using var watch = store.Watch(request.Type, wantsInitial || since is null or 0 ? null : since);
        if (watch is null)
        {
            var gone = new ApiException(410, "Expired", $"too old resource version: {since} ({store.Revision})");
            await WriteAsync(request, "ERROR", gone.ToStatus().ToUtf8());
            return;
        }

        var view = new ObjectView(request, time);
        try
        {
            foreach (var item in watch.Initial.Where(item => IsVisible(request, item) && selector.Matches(item)))
            {
                await WriteAsync(request, "ADDED", view.One(item));
            }

            if (wantsInitial && wantsBookmarks)
            {
                await WriteAsync(request, "BOOKMARK", Bookmark(request, watch.Revision, isInitialEnd: true));
            }

            // Headers must be seen even when there is nothing to tell yet.
            await request.Http.Response.Body.FlushAsync(ended.Token);
            await FollowAsync(request, watch, selector, view, wantsBookmarks, ended.Token);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // Timed out, left, or the server stops: the stream just ends, as clients expect.
        }
    }

    private async Task FollowAsync(ResourceRequest request, StoreWatch watch, Selector selector, ObjectView view, bool wantsBookmarks, CancellationToken ended)
    {
        var pending = watch.Changes.WaitToReadAsync(ended).AsTask();
        while (!ended.IsCancellationRequested)
        {
            if (wantsBookmarks && await Task.WhenAny(pending, Task.Delay(BookmarkInterval, wireTime, ended)) != pending)
            {
                ended.ThrowIfCancellationRequested();
                await WriteAsync(request, "BOOKMARK", Bookmark(request, store.Revision, isInitialEnd: false));
                await request.Http.Response.Body.FlushAsync(ended);
                continue;
            }

            if (!await pending)
            {
                return;
            }

            while (watch.Changes.TryRead(out var change))
            {
                if (IsVisible(request, change.Object) && EventFor(change, selector) is { } type)
                {
                    await WriteAsync(request, type, view.One(change.Object));
                }
            }

            await request.Http.Response.Body.FlushAsync(ended);
            pending = watch.Changes.WaitToReadAsync(ended).AsTask();
        }
    }

    private static bool IsVisible(ResourceRequest request, StoredObject item) => request.Namespace.Length == 0 || item.Namespace == request.Namespace;

    /// <summary>An object that begins or ceases to match is, to this watch, added or deleted.</summary>
    private static string? EventFor(StoreEvent change, Selector selector)
    {
        var before = change.Previous is { } previous && selector.Matches(previous);
        var after = change.Change != StoreChange.Deleted && selector.Matches(change.Object);
        return (before, after) switch
        {
            (false, true) => "ADDED",
            (true, true) => "MODIFIED",
            (true, false) => "DELETED",
            _ => null,
        };
    }

    private static byte[] Bookmark(ResourceRequest request, long revision, bool isInitialEnd)
    {
        var metadata = new JsonObject { ["resourceVersion"] = revision.ToString(CultureInfo.InvariantCulture) };
        if (isInitialEnd)
        {
            metadata["annotations"] = new JsonObject { ["k8s.io/initial-events-end"] = "true" };
        }

        return new JsonObject { ["kind"] = request.Type.Kind, ["apiVersion"] = request.Type.GroupVersion, ["metadata"] = metadata }.ToUtf8();
    }

    private static async Task WriteAsync(ResourceRequest request, string type, ReadOnlyMemory<byte> item)
    {
        var body = request.Http.Response.BodyWriter;
        body.Write(System.Text.Encoding.UTF8.GetBytes($$"""{"type":"{{type}}","object":"""));
        body.Write(item.Span);
        body.Write("}\n"u8);
        await body.FlushAsync(request.Http.RequestAborted);
    }
}
