using System.Globalization;
using System.Security.Cryptography;
using Slipway.Core.Failures;
using Slipway.Core.Planning;
using Slipway.Core.Spec;

namespace Slipway.Engine.Upgrading;

/// <summary>Reads an installer's archive once, from its beginning to its end; tells how far it is, and afterwards whether it was the one that the plan had seen.</summary>
/// <param name="planned">What was seen of it.</param>
/// <param name="progress">Is told about every tenth part.</param>
internal sealed class ArchiveReader(string path, ArchiveObservation planned, Action<string> progress) : Stream
{
    private const int Parts = 10;

    private readonly FileStream _file = File.OpenRead(path);
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _read;
    private long _told = -1;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => _file.Length;

    public override long Position
    {
        get => _read;
        set => throw new NotSupportedException();
    }

    /// <exception cref="SlipwayException">LocalState: it was written to since, so nobody knows what the node has got.</exception>
    public void Demand(NodeSpec node, string phase)
    {
        var digest = $"sha256:{Convert.ToHexStringLower(_hash.GetCurrentHash())}";
        if (digest != planned.Digest)
        {
            throw new SlipwayException(FailureReason.LocalState, $"{path} changed while it was sent to {node.Name} ({node.Address})")
            {
                Node = node.Name,
                Phase = phase,
                Expected = planned.Digest,
                Found = digest,
                Hint = "the node has the image and was not upgraded to it; run the same command again once the file is as it shall be",
            };
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var count = _file.Read(buffer);
        Note(buffer[..count]);
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await _file.ReadAsync(buffer, cancellationToken);
        Note(buffer.Span[..count]);
        return count;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        _file.Dispose();
        _hash.Dispose();
        base.Dispose(disposing);
    }

    private void Note(ReadOnlySpan<byte> bytes)
    {
        _hash.AppendData(bytes);
        _read += bytes.Length;
        var part = planned.Bytes == 0 ? Parts : _read * Parts / planned.Bytes;
        if (part != _told)
        {
            _told = part;
            progress(string.Create(CultureInfo.InvariantCulture, $"sending {Path.GetFileName(path)}: {_read / 1e6:0.#} of {planned.Bytes / 1e6:0.#} MB"));
        }
    }
}
