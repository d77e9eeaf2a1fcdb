using System.Text;

namespace Slipway.Extension.Checking;

/// <summary>
/// Reads a tar (POSIX ustar and pax, GNU long names) from archives that nobody vouches for. .NET's own reader sets aside as
/// much memory as a header claims; this one believes no number before it has seen the bytes.
/// </summary>
/// <param name="stream">At the start of a header; after <see cref="Next"/>, at the start of the entry's content.</param>
internal sealed class TarScanner(Stream stream)
{
    private const int Block = 512;
    private const int LongestExtension = 64 * 1024;

    private readonly byte[] _scratch = new byte[64 * 1024];
    private long _left;
    private int _padding;

    /// <summary>The next entry, or null at the end. What the caller left of the last one's content is passed over.</summary>
    /// <exception cref="InvalidDataException">It is damaged, cut off, or no tar.</exception>
    public TarItem? Next()
    {
        var (name, link, size) = ((string?)null, (string?)null, (long?)null);
        while (true)
        {
            Pass(_left + _padding);
            (_left, _padding) = (0, 0);
            var header = new byte[Block];
            var got = stream.ReadAtLeast(header, Block, throwOnEndOfStream: false);
            if (got == 0 || (got == Block && !header.AsSpan().ContainsAnyExcept((byte)0)))
            {
                return null;
            }

            if (got < Block)
            {
                throw new InvalidDataException("the archive is cut off");
            }

            Verify(header);
            var type = (char)header[156];
            Enter(type is '1' or '2' or '3' or '4' or '5' or '6' ? 0 : Number(header.AsSpan(124, 12)));
            switch (type)
            {
                case 'L':
                    name = Text(ReadExtension());
                    break;
                case 'K':
                    link = Text(ReadExtension());
                    break;
                case 'x':
                    (name, link, size) = Pax(ReadExtension(), name, link, size);
                    break;
                case 'g':
                    // Attributes for all: git writes its commit there. Nothing that we look at is global.
                    ReadExtension();
                    break;
                default:
                    var kind = KindOf(type);
                    if (size is { } real && kind == TarEntryKind.File)
                    {
                        Enter(real);
                    }

                    var item = new TarItem(name ?? NameOf(header), kind, (UnixFileMode)(Number(header.AsSpan(100, 8)) & 0xFFF), kind == TarEntryKind.File ? _left : 0, link ?? Text(header.AsSpan(157, 100)));
                    // Old archives have folders without a type, only with a slash at the end.
                    return kind == TarEntryKind.File && item.Name.EndsWith('/') ? item with { Kind = TarEntryKind.Folder } : item;
            }
        }
    }

    /// <summary>The content of the entry that <see cref="Next"/> returned last.</summary>
    /// <exception cref="InvalidDataException">It is longer than <paramref name="limit"/>, or cut off.</exception>
    public byte[] Content(int limit)
    {
        if (_left > limit)
        {
            throw new InvalidDataException($"a file of {_left:N0} bytes where at most {limit:N0} were expected");
        }

        var content = new byte[_left];
        Fill(content);
        _left = 0;
        return content;
    }

    private static TarEntryKind KindOf(char type) => type switch
    {
        '0' or '\0' or '7' => TarEntryKind.File,
        '1' => TarEntryKind.HardLink,
        '2' => TarEntryKind.SymbolicLink,
        '5' => TarEntryKind.Folder,
        _ => TarEntryKind.Special,
    };

    private void Enter(long size) => (_left, _padding) = (size, (int)((Block - (size % Block)) % Block));

    private byte[] ReadExtension() => Content(LongestExtension);

    private void Fill(Span<byte> target)
    {
        if (stream.ReadAtLeast(target, target.Length, throwOnEndOfStream: false) < target.Length)
        {
            throw new InvalidDataException("the archive is cut off");
        }
    }

    private void Pass(long count)
    {
        if (stream.CanSeek && count > _scratch.Length)
        {
            // One byte less, so that a length that is a lie is found out by reading.
            stream.Seek(count - 1, SeekOrigin.Current);
            count = 1;
        }

        while (count > 0)
        {
            var part = (int)Math.Min(count, _scratch.Length);
            Fill(_scratch.AsSpan(0, part));
            count -= part;
        }
    }

    /// <summary>The sum of the header's bytes, its own field taken as spaces.</summary>
    private static void Verify(ReadOnlySpan<byte> header)
    {
        var sum = 0L;
        for (var i = 0; i < Block; i++)
        {
            sum += i is >= 148 and < 156 ? ' ' : header[i];
        }

        if (Number(header.Slice(148, 8)) != sum)
        {
            throw new InvalidDataException("this is no tar archive, or it is damaged");
        }
    }

    private static string NameOf(ReadOnlySpan<byte> header)
    {
        var name = Text(header[..100]);
        var prefix = header.Slice(257, 6).SequenceEqual("ustar\0"u8) ? Text(header.Slice(345, 155)) : "";
        return prefix.Length > 0 ? $"{prefix}/{name}" : name;
    }

    private static string Text(ReadOnlySpan<byte> field)
    {
        var end = field.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? field : field[..end]);
    }

    /// <summary>Octal digits; or, with the highest bit set, a big-endian number as GNU writes large ones.</summary>
    private static long Number(ReadOnlySpan<byte> field)
    {
        var value = 0L;
        if ((field[0] & 0x80) != 0)
        {
            foreach (var part in field[1..])
            {
                value = value < 1L << 54 ? (value << 8) | part : throw new InvalidDataException("a number in the archive is too large");
            }

            return field[0] == 0x80 ? value : throw new InvalidDataException("a number in the archive is negative");
        }

        foreach (var digit in field.Trim(" \0"u8))
        {
            value = digit is >= (byte)'0' and <= (byte)'7' && value < 1L << 59
                ? (value << 3) | (uint)(digit - '0')
                : throw new InvalidDataException("this is no tar archive, or it is damaged");
        }

        return value;
    }

    /// <summary>Records of the form <c>length key=value\n</c>, the length counting itself (POSIX pax).</summary>
    private static (string? Name, string? Link, long? Size) Pax(ReadOnlySpan<byte> records, string? name, string? link, long? size)
    {
        while (records.Length > 0)
        {
            var space = records.IndexOf((byte)' ');
            if (space <= 0 || !int.TryParse(records[..space], out var length) || length <= space + 2 || length > records.Length)
            {
                throw new InvalidDataException("an extended header of the archive is damaged");
            }

            var record = records[(space + 1)..(length - 1)];
            records = records[length..];
            var equals = record.IndexOf((byte)'=');
            var (key, value) = equals > 0 ? (Encoding.UTF8.GetString(record[..equals]), Encoding.UTF8.GetString(record[(equals + 1)..])) : ("", "");
            switch (key)
            {
                case "path":
                    name = value;
                    break;
                case "linkpath":
                    link = value;
                    break;
                case "size":
                    size = long.TryParse(value, out var bytes) && bytes >= 0 ? bytes : throw new InvalidDataException("an extended header of the archive is damaged");
                    break;
            }
        }

        return (name, link, size);
    }
}
