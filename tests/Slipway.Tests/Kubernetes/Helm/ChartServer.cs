using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Slipway.Tests.Kubernetes.Helm;

/// <summary>A web server on loopback that gives out files by their path, and remembers what was asked for.</summary>
internal sealed class ChartServer : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Task _serving;

    public ChartServer()
    {
        // The listener cannot choose a port by itself.
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Address = new Uri($"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}");
        }

        _listener.Prefixes.Add($"{Address}");
        _listener.Start();
        _serving = ServeAsync();
    }

    public Uri Address { get; }

    public ConcurrentDictionary<string, byte[]> Files { get; } = new();

    public ConcurrentQueue<string> Asked { get; } = new();

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            try
            {
                var call = await _listener.GetContextAsync();
                Asked.Enqueue(call.Request.Url!.AbsolutePath);
                if (Files.TryGetValue(call.Request.Url.AbsolutePath, out var content))
                {
                    await call.Response.OutputStream.WriteAsync(content);
                }
                else
                {
                    call.Response.StatusCode = 404;
                }

                call.Response.Close();
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }
}
