using System.Text;
using Slipway.Core.Failures;

namespace Slipway.Engine.Journaling;

/// <summary>Files that only their owner may read, written so that a crash leaves the old content or the new, never half.</summary>
public static class PrivateFiles
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Makes the folder, and those above it that are missing, each with mode 0700.</summary>
    public static void EnsureFolder(string path)
    {
        if (Directory.Exists(path))
        {
            return;
        }

        // One by one: CreateDirectory gives the mode to the last of several folders only.
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } parent)
        {
            EnsureFolder(parent);
        }

        try
        {
            Directory.CreateDirectory(path, OwnerOnly | UnixFileMode.UserExecute);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Failure("make the folder", path, error);
        }
    }

    /// <summary>Replaces the file's content; on disk when the call returns.</summary>
    public static void Write(string path, string content)
    {
        EnsureFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var temporary = path + ".new";
        try
        {
            using (var stream = new FileStream(temporary, new FileStreamOptions
            {
                Mode = FileMode.Create,
                Access = FileAccess.Write,
                UnixCreateMode = OwnerOnly,
            }))
            {
                stream.Write(Encoding.UTF8.GetBytes(content));
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Failure("write", path, error);
        }
    }

    /// <summary>Opens a file for appending whole lines.</summary>
    public static FileStream Append(string path)
    {
        EnsureFolder(Path.GetDirectoryName(path)!);
        try
        {
            return new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.Append,
                Access = FileAccess.Write,
                Share = FileShare.Read,
                UnixCreateMode = OwnerOnly,
            });
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Failure("open", path, error);
        }
    }

    internal static SlipwayException Failure(string what, string path, Exception error) =>
        new(FailureReason.LocalState, $"cannot {what} {path}: {error.Message}", error)
        {
            Hint = "check free space and permissions, or choose another place with --state-dir",
        };
}
