using System.Formats.Tar;
using System.Text.Json.Nodes;

namespace Slipway.Rehearsal.Services;

/// <summary>What containerd calls an image that comes as an archive (containerd: core/images/archive/importer.go and reference.go).</summary>
internal static class ImportedArchive
{
    /// <param name="digest">Of the archive; part of the name of an image that has none.</param>
    /// <returns>Null when this is no archive of an image.</returns>
    public static async Task<string?> NameAsync(Stream archive, string digest, CancellationToken cancellationToken)
    {
        try
        {
            await using var reader = new TarReader(archive, leaveOpen: true);
            while (await reader.GetNextEntryAsync(copyData: false, cancellationToken) is { } entry)
            {
                if (entry is { Name: "manifest.json" or "index.json", DataStream: { } content } && await JsonNode.ParseAsync(content, cancellationToken: cancellationToken) is { } json)
                {
                    return (entry.Name == "manifest.json" ? json[0]?["RepoTags"]?[0] : json["manifests"]?[0]?["annotations"]?["io.containerd.image.name"])?.GetValue<string>() ?? $"import-2026-01-01@{digest}";
                }
            }

            return null;
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException or System.Text.Json.JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
