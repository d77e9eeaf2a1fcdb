using System.Formats.Tar;
using System.Text;

namespace Slipway.EndToEnd.Tests;

/// <summary>An installer as Talos' imager leaves it: docker's kind of archive, under the name of the installer that it was built on.</summary>
internal static class InstallerArchive
{
    /// <param name="talos">Such as <c>v1.13.9</c>.</param>
    /// <param name="layer">What is in it, which nobody reads: another text makes another image of the same name.</param>
    public static void Write(string path, string talos, string layer = "")
    {
        using var file = File.Create(path);
        using var writer = new TarWriter(file);
        Entry("layer.tar", layer);
        Entry("config.json", "{}");
        Entry("manifest.json", $$"""[{"Config": "config.json", "RepoTags": ["ghcr.io/siderolabs/installer-base:{{talos}}"], "Layers": ["layer.tar"]}]""");

        void Entry(string name, string content)
        {
            using var data = new MemoryStream(Encoding.UTF8.GetBytes(content));
            writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = data });
        }
    }
}
