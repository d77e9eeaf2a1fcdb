using System.Globalization;
using System.Text;

namespace Slipway.Agent.Stake;

/// <summary>The body of an answer as a stream that ends where the body ends, and never gives more bytes than it was allowed.</summary>
internal sealed class HttpBody(Stream stream, ReadOnlyMemory<byte> rest, HttpHead head, long most) : Stream
{
    private const int LongestChunkLine = 256;

    private ReadOnlyMemory<byte> _rest = rest;
    private long _left = head.Chunked ? 0 : head.Length ?? long.MaxValue;
    private long _given;
    private bool _firstChunk = true;
    private bool _ended;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _given;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (head.Chunked && _left == 0 && !_ended)
        {
            await NextChunkAsync(cancellationToken);
        }

        if (_ended || _left == 0)
        {
            return 0;
        }

        var read = await RawAsync(buffer[..(int)Math.Min(buffer.Length, _left)], cancellationToken);
        if (read == 0 && (head.Chunked || head.Length is not null))
        {
            throw new StakeException($"the connection was closed within the answer, after {_given} bytes");
        }

        _left -= read;
        _given += read;
        return _given <= most ? read : throw new StakeException($"the answer is longer than {most} bytes");
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        stream.Dispose();
        base.Dispose(disposing);
    }

    private async Task NextChunkAsync(CancellationToken cancellationToken)
    {
        if (!_firstChunk && (await LineAsync(cancellationToken)).Length > 0)
        {
            throw new StakeException("a chunk of the answer is longer than it said");
        }

        _firstChunk = false;
        var size = (await LineAsync(cancellationToken)).Split(';')[0].Trim();
        if (size.Length > 15 || !long.TryParse(size, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out _left))
        {
            throw new StakeException("a chunk of the answer has no size");
        }

        _ended = _left == 0;
    }

    private async Task<string> LineAsync(CancellationToken cancellationToken)
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (line.Length < LongestChunkLine)
        {
            if (await RawAsync(one, cancellationToken) == 0)
            {
                throw new StakeException($"the connection was closed within the answer, after {_given} bytes");
            }

            if (one[0] == '\n')
            {
                return line.ToString().TrimEnd('\r');
            }

            line.Append((char)one[0]);
        }

        throw new StakeException("a chunk of the answer has no size");
    }

    private async ValueTask<int> RawAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (_rest.Length == 0)
        {
            try
            {
                return await stream.ReadAsync(buffer, cancellationToken);
            }
            catch (IOException problem)
            {
                throw new StakeException($"the connection broke within the answer: {problem.Message.TrimEnd('.')}");
            }
        }

        var read = Math.Min(buffer.Length, _rest.Length);
        _rest[..read].CopyTo(buffer);
        _rest = _rest[read..];
        return read;
    }
}
