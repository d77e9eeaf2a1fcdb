using Slipway.Talos.Tls;

namespace Slipway.Talos.Connections;

/// <summary>
/// In TLS 1.3 a client is done before the server has judged its certificate: the refusal is an alert on the first read, which
/// <see cref="System.Net.Security.SslStream"/> reports as a vague I/O error. Here it gets its name back.
/// </summary>
/// <param name="report">Told as well, because HTTP/2 does not always pass on what broke its connection.</param>
internal sealed class LateRefusalStream(Stream inner, Action<TlsFailedException> report) : Stream
{
    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>What OpenSSL's text says about an alert of the peer; the platform offers no number for it.</summary>
    internal static TlsFailedException Translate(Exception error)
    {
        for (var cause = error; cause is not null; cause = cause.InnerException)
        {
            if (cause.Message.Contains("alert", StringComparison.OrdinalIgnoreCase))
            {
                var alert = cause.Message[(cause.Message.LastIndexOf(':') + 1)..];
                return IsRefusal(alert)
                    ? new TlsFailedException(TlsFailure.RefusedByPeer, $"the peer refuses our certificate ({alert})", error)
                    : new TlsFailedException(TlsFailure.Protocol, $"the peer ended the TLS connection ({alert})", error);
            }
        }

        return new TlsFailedException(TlsFailure.Protocol, $"TLS failed: {(error.InnerException ?? error).Message}", error);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await inner.ReadAsync(buffer, cancellationToken);
        }
        catch (TlsFailedException error)
        {
            report(error);
            throw;
        }
        catch (IOException error) when (error.InnerException is { } cause and not System.Net.Sockets.SocketException and not ObjectDisposedException)
        {
            var failure = Translate(cause);
            report(failure);
            throw failure;
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        inner.WriteAsync(buffer, cancellationToken);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        inner.WriteAsync(buffer, offset, count, cancellationToken);

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

    public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);

    public override void Flush() => inner.Flush();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private static bool IsRefusal(string alert) =>
        alert.Contains("certificate", StringComparison.OrdinalIgnoreCase)
        || alert.Contains("unknown ca", StringComparison.OrdinalIgnoreCase)
        || alert.Contains("access denied", StringComparison.OrdinalIgnoreCase);
}
