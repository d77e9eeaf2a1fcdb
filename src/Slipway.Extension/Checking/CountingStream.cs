using System.Security.Cryptography;

namespace Slipway.Extension.Checking;

/// <summary>Passes bytes on while it counts and hashes them, and ends with an error beyond its limit.</summary>
internal sealed class CountingStream(Stream inner, long limit) : Stream
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public long Count { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => Count;
        set => throw new NotSupportedException();
    }

    /// <summary>Reads what is left, and returns the digest of all.</summary>
    public string Finish()
    {
        var rest = new byte[81920];
        while (Read(rest) > 0)
        {
            // Only the hash wants them.
        }

        return Oci.OciDigest.Text(_hash.GetHashAndReset());
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var got = inner.Read(buffer);
        _hash.AppendData(buffer[..got]);
        Count += got;
        return Count <= limit ? got : throw new InvalidDataException($"more than {limit:N0} bytes");
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        _hash.Dispose();
        base.Dispose(disposing);
    }
}
