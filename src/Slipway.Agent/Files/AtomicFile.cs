namespace Slipway.Agent.Files;

/// <summary>Files that a reader finds whole or not at all, whenever the writer is killed.</summary>
internal static class AtomicFile
{
    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <param name="path">Its folder is made if it is missing.</param>
    /// <param name="write">Writes the whole content.</param>
    /// <param name="mode">Anyone may read it if nothing else is said.</param>
    /// <exception cref="IOException">And what else a file system has to say.</exception>
    public static void Write(string path, Action<Stream> write, UnixFileMode mode = Readable)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        // One writer a path, so a fixed name will do, and what a kill left behind is overwritten next time.
        var draft = path + ".new";
        using (var file = new FileStream(draft, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = mode, BufferSize = 0 }))
        {
            write(file);
            file.Flush(flushToDisk: true);
        }

        File.Move(draft, path, overwrite: true);
    }
}
