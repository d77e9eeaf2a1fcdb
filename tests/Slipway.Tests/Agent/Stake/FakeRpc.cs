using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Slipway.Tests.Agent.Stake;

/// <summary>A Solana RPC on loopback that answers as it is told, byte by byte; it also tells how it was asked.</summary>
internal sealed class FakeRpc : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource end = new();
    private readonly Task serving;

    public FakeRpc(Func<string, NetworkStream, CancellationToken, Task> answer)
    {
        listener.Start();
        serving = ServeAsync(answer);
    }

    public IPEndPoint Address => (IPEndPoint)listener.LocalEndpoint;

    /// <summary>Whole requests as they came.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>Serves two answers with a Content-Length.</summary>
    public static FakeRpc Of(string votes, string nodes) => new((method, stream, token) => PlainAsync(stream, method == "getVoteAccounts" ? votes : nodes, token));

    public static async Task PlainAsync(NetworkStream stream, string body, CancellationToken cancellationToken) =>
        await stream.WriteAsync(Encoding.UTF8.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}"), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        listener.Stop();
        await serving;
        end.Dispose();
    }

    private async Task ServeAsync(Func<string, NetworkStream, CancellationToken, Task> answer)
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(end.Token);
                await using var stream = client.GetStream();
                await OneAsync(stream, answer);
            }
        }
        catch (Exception problem) when (problem is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // The end of the test.
        }
    }

    private async Task OneAsync(NetworkStream stream, Func<string, NetworkStream, CancellationToken, Task> answer)
    {
        try
        {
            var buffer = new byte[4096];
            var held = 0;
            while (!Encoding.ASCII.GetString(buffer, 0, held).EndsWith('}'))
            {
                held += await stream.ReadAsync(buffer.AsMemory(held), end.Token);
            }

            var request = Encoding.ASCII.GetString(buffer, 0, held);
            Requests.Add(request);
            await answer(request.Contains("getVoteAccounts", StringComparison.Ordinal) ? "getVoteAccounts" : "getClusterNodes", stream, end.Token);
        }
        catch (IOException)
        {
            // The client has had enough.
        }
    }
}
