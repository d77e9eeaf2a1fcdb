using System.Formats.Tar;
using System.IO.Compression;
using Slipway.Extension.Oci;

namespace Slipway.Tests.Extension.Checking;

/// <summary>An image whose layer a test writes entry by entry, in an order and with names that no honest tool would choose.</summary>
internal sealed class HandmadeImage
{
    public const string Manifest = "version: v1alpha1\nmetadata:\n  name: sample\n  version: 1.0.0\n  author: me\n  description: d\n  compatibility:\n    talos:\n      version: \">= v1.12.0\"\n";

    private readonly List<TarEntry> _entries = [];

    public HandmadeImage File(string name, string content = "", UnixFileMode mode = (UnixFileMode)0b110_100_100)
    {
        var entry = Entry(TarEntryType.RegularFile, name, "", mode);
        entry.DataStream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(content));
        return this;
    }

    public HandmadeImage Folder(string name)
    {
        Entry(TarEntryType.Directory, name, "", (UnixFileMode)0b111_101_101);
        return this;
    }

    public HandmadeImage Link(string name, string target)
    {
        Entry(TarEntryType.SymbolicLink, name, target, (UnixFileMode)0b111_111_111);
        return this;
    }

    public HandmadeImage HardLink(string name, string target)
    {
        Entry(TarEntryType.HardLink, name, target, (UnixFileMode)0b110_100_100);
        return this;
    }

    public HandmadeImage Special(TarEntryType type, string name)
    {
        Entry(type, name, "", (UnixFileMode)0b110_100_100);
        return this;
    }

    /// <summary>Manifest and an empty root.</summary>
    public static HandmadeImage Sound(string manifest = Manifest) => new HandmadeImage().File("manifest.yaml", manifest).Folder("rootfs/");

    public byte[] Layer()
    {
        using var tar = new MemoryStream();
        using (var writer = new TarWriter(tar, TarEntryFormat.Pax, leaveOpen: true))
        {
            _entries.ForEach(writer.WriteEntry);
        }

        return tar.ToArray();
    }

    public async Task WriteAsync(string path) => await WriteAsync(path, Layer());

    /// <summary>Any bytes as the one layer of an image that is sound otherwise.</summary>
    public static async Task WriteAsync(string path, byte[] layer)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(layer);
        }

        await WritePackedAsync(path, packed.ToArray(), OciDigest.Of(layer));
    }

    public static async Task WritePackedAsync(string path, byte[] packed, string diffId)
    {
        var blob = OciBlob.Of(OciMediaTypes.LayerGzip, packed);
        var config = OciBlob.Of(OciMediaTypes.Config, OciJson.Write(new OciConfig { Architecture = "amd64", Os = "linux", RootFileSystem = new OciRootfs("layers", [diffId]) }));
        var manifest = OciBlob.Of(OciMediaTypes.Manifest, OciJson.Write(new OciManifest { SchemaVersion = 2, MediaType = OciMediaTypes.Manifest, Config = config.Descriptor, Layers = [blob.Descriptor] }));
        var image = new OciImage
        {
            Reference = new ImageReference { Repository = "sample", Tag = "1" },
            Platform = new OciPlatform { Architecture = "amd64", Os = "linux" },
            Manifest = manifest,
            Config = config,
            Layers = [blob],
        };
        await LayoutWriter.WriteAsync(image, path, TestContext.Current.CancellationToken);
    }

    private PaxTarEntry Entry(TarEntryType type, string name, string link, UnixFileMode mode)
    {
        var entry = new PaxTarEntry(type, name) { Mode = mode, ModificationTime = DateTimeOffset.UnixEpoch };
        if (link.Length > 0)
        {
            entry.LinkName = link;
        }

        _entries.Add(entry);
        return entry;
    }
}
