using System.Net.Sockets;
using System.Text;
using Slipway.Agent.Configuration;

namespace Slipway.Agent.Stake;

/// <summary>
/// One JSON-RPC call over HTTP/1.1 (RFC 9112), a connection each. Our own because the agent is a static executable without TLS and
/// without a resolver, and because every byte that a strange server sends is counted here.
/// </summary>
internal static class RpcConnection
{
    private const int LongestHead = 16 * 1024;

    /// <summary>The body of the answer, at most <paramref name="longestBody"/> bytes; disposing it ends the connection.</summary>
    /// <exception cref="StakeException">Refused, no HTTP, or another status than 200.</exception>
    public static async Task<Stream> CallAsync(RpcEndpoint endpoint, string method, long longestBody, CancellationToken cancellationToken)
    {
        var socket = new Socket(endpoint.Address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(endpoint.Address, cancellationToken);
            var stream = new NetworkStream(socket, ownsSocket: true);
            var body = $$"""{"jsonrpc":"2.0","id":1,"method":"{{method}}"}""";
            var request = $"POST {endpoint.Path} HTTP/1.1\r\nHost: {endpoint.Address}\r\nContent-Type: application/json\r\nAccept: application/json\r\n"
                + $"Connection: close\r\nContent-Length: {body.Length}\r\n\r\n{body}";
            await stream.WriteAsync(Encoding.ASCII.GetBytes(request), cancellationToken);
            return await AnswerAsync(stream, longestBody, cancellationToken);
        }
        catch (Exception problem) when (problem is SocketException or IOException)
        {
            socket.Dispose();
            throw new StakeException(problem.Message.TrimEnd('.'));
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task<Stream> AnswerAsync(NetworkStream stream, long longestBody, CancellationToken cancellationToken)
    {
        var buffer = new byte[LongestHead];
        var held = 0;
        int end;
        while ((end = buffer.AsSpan(0, held).IndexOf("\r\n\r\n"u8)) < 0)
        {
            if (held == buffer.Length)
            {
                throw new StakeException($"the head of the answer is longer than {LongestHead} bytes");
            }

            var read = await stream.ReadAsync(buffer.AsMemory(held), cancellationToken);
            if (read == 0)
            {
                throw new StakeException(held == 0 ? "the connection was closed without an answer" : "the answer ends within its head");
            }

            held += read;
        }

        var head = HttpHead.Parse(Encoding.Latin1.GetString(buffer, 0, end));
        return new HttpBody(stream, buffer.AsMemory(end + 4, held - end - 4), head, longestBody);
    }
}
