using System.Formats.Tar;
using System.Text;

namespace Slipway.Tests.Talos.Rehearsed;

/// <summary>An image as docker saves it and Talos' imager writes it, with one layer of noise.</summary>
internal static class DockerArchive
{
    /// <summary>The name that Talos' imager gives to an installer: that of the image that it was built on.</summary>
    public static string Installer(string talos) => $"ghcr.io/siderolabs/installer-base:{talos}";

    /// <param name="bytes">Of the layer.</param>
    /// <param name="seed">Another one gives another layer.</param>
    public static byte[] Of(string reference, int bytes = 1000, int seed = 1)
    {
        var layer = new byte[bytes];
        new Random(seed).NextBytes(layer);
        using var archive = new MemoryStream();
        using (var writer = new TarWriter(archive, leaveOpen: true))
        {
            Write("layer.tar", layer);
            Write("config.json", "{}"u8.ToArray());
            Write("manifest.json", Encoding.UTF8.GetBytes($$"""[{"Config": "config.json", "RepoTags": ["{{reference}}"], "Layers": ["layer.tar"]}]"""));

            void Write(string name, byte[] content)
            {
                using var data = new MemoryStream(content);
                writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = data, ModificationTime = DateTimeOffset.UnixEpoch });
            }
        }

        return archive.ToArray();
    }
}
