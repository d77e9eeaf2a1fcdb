using System.Formats.Tar;
using CsCheck;
using Slipway.Extension.Checking;

namespace Slipway.Tests.Extension.Checking;

public sealed class TarScannerTests
{
    [Theory]
    [InlineData(TarEntryFormat.V7)]
    [InlineData(TarEntryFormat.Ustar)]
    [InlineData(TarEntryFormat.Pax)]
    [InlineData(TarEntryFormat.Gnu)]
    public void It_reads_what_the_framework_writes(TarEntryFormat format)
    {
        var names = format == TarEntryFormat.V7 ? new[] { "a", "b/c" } : ["a", "b/c", string.Join('/', Enumerable.Repeat("folder", 20))];
        using var tar = new MemoryStream();
        using (var writer = new TarWriter(tar, format, leaveOpen: true))
        {
            foreach (var name in names)
            {
                TarEntry entry = format switch
                {
                    TarEntryFormat.V7 => new V7TarEntry(TarEntryType.V7RegularFile, name),
                    TarEntryFormat.Ustar => new UstarTarEntry(TarEntryType.RegularFile, name),
                    TarEntryFormat.Pax => new PaxTarEntry(TarEntryType.RegularFile, name),
                    _ => new GnuTarEntry(TarEntryType.RegularFile, name),
                };
                entry.DataStream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(name));
                writer.WriteEntry(entry);
            }
        }

        tar.Position = 0;
        var scanner = new TarScanner(tar);
        foreach (var name in names)
        {
            Assert.Equal(name, scanner.Next()!.Name);
            Assert.Equal(name, System.Text.Encoding.UTF8.GetString(scanner.Content(1000)));
        }

        Assert.Null(scanner.Next());
    }

    [Fact]
    public void Whatever_the_bytes_it_ends_or_says_that_they_are_damaged()
    {
        var sound = HandmadeImage.Sound().File("rootfs/usr/local/" + new string('n', 150), "content").Layer();
        Gen.Select(Gen.Int[0, sound.Length - 1], Gen.Byte, Gen.Int[0, sound.Length]).Array[1, 6].Sample(
            changes =>
            {
                var bytes = sound.ToArray();
                foreach (var (at, value, _) in changes)
                {
                    bytes[at] = value;
                }

                try
                {
                    var scanner = new TarScanner(new MemoryStream(bytes, 0, changes[0].Item3));
                    while (scanner.Next() is not null)
                    {
                        // Each entry in turn.
                    }
                }
                catch (InvalidDataException)
                {
                    // The one way to say it.
                }
            },
            iter: 2000);
    }
}
