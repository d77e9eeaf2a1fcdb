using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Slipway.Talos.Api;

/// <summary>
/// Takes the file out of what the Kubeconfig call sends: gzip around a tar with one entry, whose writer is never closed. There
/// is neither padding after the content nor a trailer, and System.Formats.Tar throws on that; so the one header is read here.
/// </summary>
internal static class KubeconfigArchive
{
    private const int HeaderSize = 512;
    private const int SizeOffset = 124;
    private const int SizeLength = 12;
    private const int Largest = 1024 * 1024;

    /// <exception cref="InvalidDataException">No gzip, no tar header, or less content than the header says.</exception>
    internal static string Read(Stream archive)
    {
        try
        {
            using var tar = new GZipStream(archive, CompressionMode.Decompress);
            var header = new byte[HeaderSize];
            tar.ReadExactly(header);
            var content = new byte[SizeOf(header)];
            tar.ReadExactly(content);
            return Encoding.UTF8.GetString(content);
        }
        catch (EndOfStreamException error)
        {
            throw new InvalidDataException("the archive ends too early", error);
        }
    }

    private static int SizeOf(ReadOnlySpan<byte> header)
    {
        var octal = Encoding.ASCII.GetString(header.Slice(SizeOffset, SizeLength)).Trim('\0', ' ');
        if (octal.Length == 0 || octal.Any(digit => digit is < '0' or > '7'))
        {
            throw new InvalidDataException("the archive has no tar header");
        }

        var size = octal.Aggregate(0L, (sum, digit) => (sum * 8) + (digit - '0'));
        return size <= Largest
            ? (int)size
            : throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"the archive claims a file of {size} bytes"));
    }
}
