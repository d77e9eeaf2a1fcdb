using System.Net;
using System.Net.Sockets;

namespace Slipway.Tests;

/// <summary>A web server on a free port of loopback that answers one call after the other.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Task _serving;

    /// <param name="answer">Writes the answer and its status; closing it is done here.</param>
    public LoopbackServer(Func<HttpListenerContext, Task> answer)
    {
        // The listener cannot choose a port by itself.
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Address = new Uri($"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}");
        }

        _listener.Prefixes.Add($"{Address}");
        _listener.Start();
        _serving = ServeAsync(answer);
    }

    public Uri Address { get; }

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
    }

    private async Task ServeAsync(Func<HttpListenerContext, Task> answer)
    {
        while (true)
        {
            try
            {
                var call = await _listener.GetContextAsync();
                await answer(call);
                call.Response.Close();
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }
}
