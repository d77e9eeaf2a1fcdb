namespace Slipway.Extension.Checking;

/// <summary>A part of a file, read from its start to its end; the file stays open.</summary>
internal sealed class WindowStream(FileStream file, long offset, long size) : Stream
{
    private long _read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => size;

    public override long Position
    {
        get => _read;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var wanted = (int)Math.Min(buffer.Length, size - _read);
        var got = wanted > 0 ? RandomAccess.Read(file.SafeFileHandle, buffer[..wanted], offset + _read) : 0;
        _read += got;
        return got;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
