using Slipway.Core.Failures;

namespace Slipway.Extension.Oci;

/// <summary>
/// Puts an image onto this machine's disk, as a layout folder or as one tar. What was there before is replaced only when it
/// was an image too, and only once the new one is complete.
/// </summary>
public static class LayoutWriter
{
    /// <param name="path">A name that ends in <c>.tar</c> makes a tar, any other a folder.</param>
    /// <exception cref="SlipwayException">LocalState or Unsafe.</exception>
    public static async Task WriteAsync(OciImage image, string path, CancellationToken cancellationToken)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            await (IsTar(path) ? WriteTarAsync(image, path, cancellationToken) : WriteFolderAsync(image, path, cancellationToken));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new SlipwayException(FailureReason.LocalState, $"the image could not be written to {path}: {error.Message}", error);
        }
    }

    public static bool IsTar(string path) => path.EndsWith(".tar", StringComparison.OrdinalIgnoreCase);

    private static async Task WriteTarAsync(OciImage image, string path, CancellationToken cancellationToken)
    {
        if (Directory.Exists(path))
        {
            throw Occupied(path, "a folder of that name");
        }

        using var bytes = new MemoryStream();
        ReproducibleTar.Write(bytes, LayoutFiles.Of(image).Select(file => new TarFile(file.Path, file.Content)));
        var draft = path + ".partial";
        await File.WriteAllBytesAsync(draft, bytes.GetBuffer().AsMemory(0, (int)bytes.Length), cancellationToken);
        File.Move(draft, path, overwrite: true);
    }

    private static async Task WriteFolderAsync(OciImage image, string path, CancellationToken cancellationToken)
    {
        if (File.Exists(path))
        {
            throw Occupied(path, "a file");
        }

        if (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any() && !File.Exists(Path.Combine(path, LayoutFiles.Marker)))
        {
            throw Occupied(path, "a folder with other files");
        }

        var draft = path.TrimEnd('/') + ".partial";
        Remove(draft);
        foreach (var (name, content) in LayoutFiles.Of(image))
        {
            var file = Path.Combine(draft, name);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllBytesAsync(file, content, cancellationToken);
        }

        Remove(path);
        Directory.Move(draft, path);
    }

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static SlipwayException Occupied(string path, string found) => new(FailureReason.Unsafe, $"{path} is not overwritten")
    {
        Expected = "a free name, or an image made earlier",
        Found = found,
        Hint = "name another place with --to",
    };
}
