using System.Collections.Concurrent;
using System.Net;

namespace Slipway.Tests.Kubernetes.Helm;

/// <summary>Gives out files by their path, and remembers what was asked for.</summary>
internal sealed class ChartServer : IAsyncDisposable
{
    private readonly LoopbackServer _server;

    public ChartServer() => _server = new LoopbackServer(AnswerAsync);

    public Uri Address => _server.Address;

    public ConcurrentDictionary<string, byte[]> Files { get; } = new();

    public ConcurrentQueue<string> Asked { get; } = new();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task AnswerAsync(HttpListenerContext call)
    {
        var path = call.Request.Url!.AbsolutePath;
        Asked.Enqueue(path);
        if (Files.TryGetValue(path, out var content))
        {
            await call.Response.OutputStream.WriteAsync(content);
        }
        else
        {
            call.Response.StatusCode = 404;
        }
    }
}
