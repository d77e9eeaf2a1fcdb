using System.Formats.Tar;
using System.Text.Json;
using Slipway.Core.Failures;

namespace Slipway.Engine.Upgrading;

/// <summary>An image in one tar, as the imager writes it and containers' tools load it.</summary>
public static class ImageArchive
{
    /// <summary>Of an archive by docker's rules.</summary>
    private const string Manifest = "manifest.json";

    /// <summary>Of an OCI layout.</summary>
    private const string Index = "index.json";

    private const int LargestManifest = 1 << 20;

    /// <summary>The one archive in a folder.</summary>
    /// <exception cref="SlipwayException">There is none, or what is there is no image.</exception>
    public static string In(string folder)
    {
        var tars = Directory.GetFiles(folder, "*.tar");
        return tars is [var tar] && Names(tar) is not null
            ? tar
            : throw new SlipwayException(FailureReason.Rejected, "the imager ended well and left no installer")
            {
                Expected = "one image as .tar",
                Found = tars.Length == 1 ? $"{Path.GetFileName(tars[0])}, which is no image" : $"{tars.Length} tar files",
                Hint = "is it Talos' imager?",
            };
    }

    /// <summary>
    /// The names that the image shall have, as docker's manifest.json says them (<c>RepoTags</c>). Empty for an OCI layout and for an
    /// image without a name; null for what is no image.
    /// </summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IReadOnlyList<string>? Names(string path)
    {
        IReadOnlyList<string>? names = null;
        try
        {
            using var file = File.OpenRead(path);
            using var reader = new TarReader(file);
            while (reader.GetNextEntry() is { } entry)
            {
                var name = entry.Name.TrimStart('.', '/');
                if (name == Manifest && entry is { Length: < LargestManifest, DataStream: { } content })
                {
                    return [.. (JsonSerializer.Deserialize<List<DockerImage>>(content) ?? []).SelectMany(image => image.RepoTags ?? [])];
                }

                names = name is Manifest or Index ? [] : names;
            }
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException or JsonException)
        {
            // Not even a tar, or a manifest that nobody could load.
            return null;
        }

        return names;
    }

    private sealed record DockerImage(IReadOnlyList<string>? RepoTags);
}
