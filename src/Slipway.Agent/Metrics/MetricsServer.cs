using System.Net.Sockets;
using System.Text;
using Slipway.Agent.Configuration;

namespace Slipway.Agent.Metrics;

/// <summary>Answers GET /metrics on a TCP port or Unix socket, one connection at a time; slow and strange callers are hung up on.</summary>
internal sealed class MetricsServer : IAsyncDisposable
{
    private const int LongestRequest = 8 * 1024;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    private readonly Func<string> _metrics;
    private readonly TimeProvider _time;
    private readonly Socket _listener;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _serving;
    private readonly string? _path;

    /// <exception cref="SocketException">The address is taken or not ours.</exception>
    public MetricsServer(MetricsConfig config, Func<string> metrics, TimeProvider time)
    {
        _metrics = metrics;
        _time = time;
        _path = config.Socket;
        if (_path is not null)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
            // What a killed agent left behind; nobody else has a socket of ours.
            File.Delete(_path);
        }

        _listener = _path is null
            ? new Socket(config.Listen!.AddressFamily, SocketType.Stream, ProtocolType.Tcp)
            : new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            _listener.Bind(_path is null ? config.Listen! : new UnixDomainSocketEndPoint(_path));
            _listener.Listen(16);
        }
        catch
        {
            _listener.Dispose();
            throw;
        }

        _serving = ServeAsync();
    }

    public System.Net.EndPoint EndPoint => _listener.LocalEndPoint!;

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _serving;
        _listener.Dispose();
        _end.Dispose();
        if (_path is not null)
        {
            File.Delete(_path);
        }
    }

    private async Task ServeAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                using var client = await _listener.AcceptAsync(_end.Token);
                using var patience = new CancellationTokenSource(s_patience, _time);
                using var both = CancellationTokenSource.CreateLinkedTokenSource(_end.Token, patience.Token);
                await AnswerAsync(client, both.Token);
            }
            catch (Exception problem) when (problem is OperationCanceledException or SocketException)
            {
                // The caller went away or was too slow; or it is the end, which the loop sees.
            }
        }
    }

    private async Task AnswerAsync(Socket client, CancellationToken cancellationToken)
    {
        var buffer = new byte[LongestRequest];
        var held = 0;
        while (buffer.AsSpan(0, held).IndexOf("\r\n\r\n"u8) < 0)
        {
            var read = held < buffer.Length ? await client.ReceiveAsync(buffer.AsMemory(held), cancellationToken) : 0;
            if (read == 0)
            {
                return;
            }

            held += read;
        }

        var line = Encoding.ASCII.GetString(buffer, 0, buffer.AsSpan(0, held).IndexOf((byte)'\r')).Split(' ');
        var (status, body) = line switch
        {
            ["GET" or "HEAD", var target, _] when target.Split('?')[0] == "/metrics" => ("200 OK", _metrics()),
            ["GET" or "HEAD", _, _] => ("404 Not Found", "there is only /metrics\n"),
            _ => ("405 Method Not Allowed", "only GET is answered\n"),
        };
        var content = Encoding.UTF8.GetBytes(body);
        var head = Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Type: text/plain; version=0.0.4; charset=utf-8\r\nContent-Length: {content.Length}\r\nConnection: close\r\n\r\n");
        byte[] answer = line[0] == "HEAD" ? head : [.. head, .. content];
        for (var sent = 0; sent < answer.Length;)
        {
            sent += await client.SendAsync(answer.AsMemory(sent), cancellationToken);
        }
    }
}
