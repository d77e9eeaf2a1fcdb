using System.Buffers;
using System.Security.Cryptography.X509Certificates;
using Org.BouncyCastle.Tls;
using Slipway.Talos.Pki;

namespace Slipway.Talos.Tls;

/// <summary>
/// TLS over BouncyCastle's engine, for Ed25519 private keys, which .NET cannot load. No thread waits in it: the engine works
/// on bytes in memory, and this class carries them to and from the inner stream. One reader and one writer may be at work
/// at once, as HTTP/2 needs.
/// </summary>
public sealed partial class BcTlsStream : Stream
{
    // A TLS record holds 16 KiB of text, and some for header and tag.
    private const int RecordSize = 17 * 1024;

    // The engine is not thread-safe: every call to it holds the gate, and none awaits under it.
    private readonly Lock _gate = new();

    // Whoever holds it takes output from the engine and writes it, so that records leave in the order they were made.
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly Stream _inner;
    private readonly TlsProtocol _engine;
    private readonly IBcPeer _peer;
    private bool _ended;
    private TlsFailedException? _failure;

    private BcTlsStream(Stream inner, TlsProtocol engine, IBcPeer peer)
    {
        (_inner, _engine, _peer) = (inner, engine, peer);
    }

    /// <summary>The peer's certificate, or null when it showed none.</summary>
    public X509Certificate2? PeerCertificate => _peer.PeerChain is [var leaf, ..] ? leaf : null;

    /// <summary>Talos roles such as <c>os:admin</c>: the organizations of the peer's certificate.</summary>
    public IReadOnlyList<string> PeerRoles => PeerCertificate is { } certificate ? DistinguishedNames.OrganizationsOf(certificate.SubjectName) : [];

    /// <summary><c>h2</c>, or null when the peer does not speak ALPN.</summary>
    public string? ApplicationProtocol => _peer.Protocol;

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>
    /// 0 means the end, except for an empty <paramref name="buffer"/>: that waits until there is something to read, as
    /// SocketsHttpHandler does before each real read so as not to pin a buffer.
    /// </summary>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            lock (_gate)
            {
                if (_failure is not null)
                {
                    throw _failure;
                }

                if (_engine.GetAvailableInputBytes() > 0)
                {
                    return buffer.Length == 0 ? 0 : Take(buffer.Span);
                }
            }

            if (_ended || !await FeedEngineAsync(cancellationToken))
            {
                return 0;
            }
        }
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!buffer.IsEmpty)
        {
            var piece = buffer[..Math.Min(buffer.Length, 4 * RecordSize)];
            try
            {
                lock (_gate)
                {
                    _engine.WriteApplicationData(piece.Span);
                }
            }
            catch (Exception error) when (error is IOException or InvalidOperationException)
            {
                throw _failure ?? BcAlerts.Translate(error);
            }

            await FlushEngineAsync(cancellationToken);
            buffer = buffer[piece.Length..];
        }
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => _inner.FlushAsync(cancellationToken);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw OnlyAsync();

    public override void Write(byte[] buffer, int offset, int count) => throw OnlyAsync();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>Says goodbye (close_notify) and closes the inner stream.</summary>
    public override async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _engine.Close();
        }

        // A courtesy of a few bytes; disposing the inner stream below is what must happen.
        await FlushAlertAsync(CancellationToken.None);
        await _inner.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        // Without a goodbye, for that would be a blocking write; HTTP/2 has said its own by then.
        if (disposing)
        {
            _inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private static NotSupportedException OnlyAsync() => new("this stream is read and written asynchronously only");

    private int Take(Span<byte> target)
    {
        // The engine hands out arrays only, so one copy is the price.
        var size = Math.Min(target.Length, _engine.GetAvailableInputBytes());
        var rented = ArrayPool<byte>.Shared.Rent(size);
        try
        {
            var taken = _engine.ReadInput(rented, 0, size);
            rented.AsSpan(0, taken).CopyTo(target);
            return taken;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented, clearArray: true);
        }
    }

    /// <summary>Brings what has arrived to the engine; false at the end of the inner stream.</summary>
    private async ValueTask<bool> FeedEngineAsync(CancellationToken cancellationToken)
    {
        // Wait without a buffer: an idle connection then costs no 17 KiB.
        _ = await _inner.ReadAsync(Memory<byte>.Empty, cancellationToken);
        var rented = ArrayPool<byte>.Shared.Rent(RecordSize);
        try
        {
            var count = await _inner.ReadAsync(rented.AsMemory(0, RecordSize), cancellationToken);
            if (count == 0)
            {
                _ended = true;
                return false;
            }

            lock (_gate)
            {
                _engine.OfferInput(rented, 0, count);
                _ended = _engine.IsClosed;
            }
        }
        catch (TlsException error)
        {
            _failure = BcAlerts.Translate(error);
            await FlushAlertAsync(cancellationToken);
            throw _failure;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        // Reading makes output too: handshake messages, TLS 1.3 key updates, alerts.
        await FlushEngineAsync(cancellationToken);
        return true;
    }

    /// <summary>The alert that the engine made of a failure should reach the peer, but must not hide the failure.</summary>
    private async ValueTask FlushAlertAsync(CancellationToken cancellationToken)
    {
        try
        {
            await FlushEngineAsync(cancellationToken);
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The peer is gone already.
        }
    }

    private async ValueTask FlushEngineAsync(CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            while (true)
            {
                byte[] rented;
                int count;
                lock (_gate)
                {
                    var available = _engine.GetAvailableOutputBytes();
                    if (available == 0)
                    {
                        return;
                    }

                    rented = ArrayPool<byte>.Shared.Rent(available);
                    count = _engine.ReadOutput(rented, 0, available);
                }

                try
                {
                    await _inner.WriteAsync(rented.AsMemory(0, count), cancellationToken);
                }
                finally
                {
                    ArrayPool<byte>.Shared.Return(rented);
                }
            }
        }
        finally
        {
            _writing.Release();
        }
    }
}
