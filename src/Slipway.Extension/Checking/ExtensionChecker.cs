using Slipway.Core.Versions;
using Slipway.Extension.Oci;

namespace Slipway.Extension.Checking;

/// <summary>
/// Looks at a system extension's image as Talos' extension validator would, which neither Talos' imager nor a node does: their
/// first word about a bad path or service is a node that misses it. Whatever lies in the archive, the result is findings.
/// </summary>
public static class ExtensionChecker
{
    /// <param name="name">The image as the user named it, for findings.</param>
    /// <param name="path">A layout's folder, or a tar of one.</param>
    /// <param name="talos">The version that it shall run on, or null.</param>
    public static CheckReport Check(string name, string path, ReleaseVersion? talos, CheckLimits limits)
    {
        var findings = new FindingList(name);
        var images = new List<CheckedImage>();
        try
        {
            using var source = Open(path, limits, findings);
            if (source is not null)
            {
                images.AddRange(new LayoutReader(source, limits, findings).Read(talos));
            }
        }
        catch (Exception error) when (error is InvalidDataException or IOException or UnauthorizedAccessException or NotSupportedException)
        {
            findings.Error("", $"cannot be read: {error.Message}");
        }

        return new CheckReport { Image = name, Images = images, Findings = findings.All };
    }

    private static ILayoutSource? Open(string path, CheckLimits limits, FindingList findings)
    {
        if (Directory.Exists(path))
        {
            if (File.Exists(Path.Combine(path, LayoutFiles.Marker)))
            {
                return new FolderSource(path);
            }

            findings.Error("", "this folder is no OCI layout", $"a folder with {LayoutFiles.Marker} and {LayoutFiles.Index}", "'slipway extension build' makes one; 'skopeo copy docker://REF oci-archive:FILE.tar' fetches one");
            return null;
        }

        if (!File.Exists(path))
        {
            findings.Error("", "there is no such file or folder");
            return null;
        }

        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        try
        {
            Span<byte> head = stackalloc byte[2];
            if (!file.CanSeek || (file.ReadAtLeast(head, 2, throwOnEndOfStream: false) == 2 && head is [0x1f, 0x8b]))
            {
                findings.Error("", file.CanSeek ? "this is compressed as a whole" : "this is not a regular file", "a tar of an OCI layout", file.CanSeek ? "gunzip it first" : null);
                file.Dispose();
                return null;
            }

            file.Position = 0;
            return new TarSource(file, limits, findings);
        }
        catch (Exception)
        {
            file.Dispose();
            throw;
        }
    }
}
