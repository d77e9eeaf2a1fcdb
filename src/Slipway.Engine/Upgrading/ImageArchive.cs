using System.Formats.Tar;
using Slipway.Core.Failures;

namespace Slipway.Engine.Upgrading;

/// <summary>An image in one tar, as the imager writes it and containers' tools load it.</summary>
public static class ImageArchive
{
    /// <summary>Of an archive by docker's rules, and of an OCI layout.</summary>
    private static readonly string[] s_marks = ["manifest.json", "index.json"];

    /// <summary>The one archive in a folder.</summary>
    /// <exception cref="SlipwayException">There is none, or what is there is no image.</exception>
    public static string In(string folder)
    {
        var tars = Directory.GetFiles(folder, "*.tar");
        return tars is [var tar] && IsImage(tar)
            ? tar
            : throw new SlipwayException(FailureReason.Rejected, "the imager ended well and left no installer")
            {
                Expected = "one image as .tar",
                Found = tars.Length == 1 ? $"{Path.GetFileName(tars[0])}, which is no image" : $"{tars.Length} tar files",
                Hint = "is it Talos' imager?",
            };
    }

    /// <summary>By its entries alone: what is in them is not read.</summary>
    public static bool IsImage(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            using var reader = new TarReader(file);
            while (reader.GetNextEntry() is { } entry)
            {
                if (s_marks.Contains(entry.Name.TrimStart('.', '/')))
                {
                    return true;
                }
            }
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException)
        {
            // Not even a tar.
        }

        return false;
    }
}
