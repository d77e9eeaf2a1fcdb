using System.Text;
using Slipway.Core.Failures;

namespace Slipway.Engine.Files;

/// <summary>Files and folders for their owner only, written so that a crash leaves the old content or the new, never half.</summary>
public static class PrivateFiles
{
    internal const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Makes the folder, and those above it that are missing, each with mode 0700.</summary>
    public static void EnsureFolder(string path)
    {
        if (Directory.Exists(path))
        {
            return;
        }

        // One by one: CreateDirectory gives the mode to the last of several folders only.
        EnsureFolder(FolderOf(path));
        Guard(path, () => Directory.CreateDirectory(path, OwnerOnly | UnixFileMode.UserExecute));
    }

    /// <summary>Replaces the file's content; on disk when the call returns.</summary>
    public static void Write(string path, string content)
    {
        EnsureFolder(FolderOf(path));
        Guard(path, () => File.Move(WriteBeside(path, content), path, overwrite: true));
    }

    /// <summary>Opens a file for appending whole lines.</summary>
    public static FileStream Append(string path)
    {
        EnsureFolder(FolderOf(path));
        FileStream? stream = null;
        Guard(path, () => stream = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.Append,
            Access = FileAccess.Write,
            Share = FileShare.Read,
            UnixCreateMode = OwnerOnly,
        }));
        return stream!;
    }

    /// <summary>A finished file next to <paramref name="path"/>, to be moved to its name.</summary>
    internal static string WriteBeside(string path, string content)
    {
        var temporary = Path.Combine(FolderOf(path), $".{Path.GetFileName(path)}.{Guid.NewGuid():N}");
        try
        {
            using var stream = new FileStream(temporary, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                // At creation and not afterwards, so that no moment is left in which others could open it.
                UnixCreateMode = OwnerOnly,
            });
            stream.Write(Encoding.UTF8.GetBytes(content));
            // Before the rename: else a power cut can leave the new name with nothing in it.
            stream.Flush(flushToDisk: true);
            return temporary;
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    internal static string FolderOf(string path) => Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/";

    /// <exception cref="SlipwayException"><see cref="FailureReason.LocalState"/> when the file system refuses.</exception>
    internal static void Guard(string path, Action write)
    {
        try
        {
            write();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SlipwayException(FailureReason.LocalState, $"{path} cannot be written: {error.Message}", error)
            {
                Hint = "check free space and permissions, or choose another place with --state-dir",
            };
        }
    }
}
