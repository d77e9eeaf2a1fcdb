using System.Text;
using Slipway.Core.Diagnostics;
using Slipway.Core.Failures;
using Slipway.Core.Secrets;

namespace Slipway.Engine.Files;

/// <summary>
/// Files that hold secrets: mode 0600, in a folder of mode 0700 when the folder is ours to make, named in a
/// <c>.gitignore</c> beside them, whole or not there at all, and never overwritten unasked.
/// </summary>
public static class SecretFiles
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const UnixFileMode OwnerFolder = OwnerOnly | UnixFileMode.UserExecute;

    private const UnixFileMode OthersMayRead = UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Writes a file that must not be there yet.</summary>
    /// <exception cref="SlipwayException"><see cref="FailureReason.Unsafe"/> when it is there,
    /// <see cref="FailureReason.LocalState"/> when it cannot be written.</exception>
    public static void Create(string path, Sensitive content) => Guard(path, () =>
    {
        Prepare(path);
        var temporary = WriteBeside(path, content);
        try
        {
            // On Unix .NET makes a hard link first, which fails when the name is taken: no second look, no race.
            File.Move(temporary, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            throw new SlipwayException(FailureReason.Unsafe, $"{path} is there already and may belong to a running cluster")
            {
                Hint = "move it away first, or name another file",
            };
        }
        finally
        {
            File.Delete(temporary);
        }
    });

    /// <summary>Writes a file that Slipway itself keeps and may replace, such as a kubeconfig in a journal.</summary>
    /// <exception cref="SlipwayException"><see cref="FailureReason.LocalState"/> when it cannot be written.</exception>
    public static void Replace(string path, Sensitive content) => Guard(path, () =>
    {
        Prepare(path);
        File.Move(WriteBeside(path, content), path, overwrite: true);
    });

    /// <summary>The content, with a warning when others on this machine can read the file.</summary>
    /// <exception cref="SlipwayException"><see cref="FailureReason.BadInput"/> when there is no such file,
    /// <see cref="FailureReason.LocalState"/> when it cannot be read.</exception>
    public static (Sensitive Content, IReadOnlyList<Diagnostic> Findings) Read(string path)
    {
        string text;
        var mode = OwnerOnly;
        try
        {
            text = File.ReadAllText(path);
            mode = OperatingSystem.IsWindows() ? OwnerOnly : File.GetUnixFileMode(path);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new SlipwayException(FailureReason.BadInput, $"there is no file {path}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SlipwayException(FailureReason.LocalState, $"{path} cannot be read: {error.Message}", error);
        }

        return (new Sensitive(text), (mode & OthersMayRead) == 0 ? [] : [WorldReadable(path, mode)]);
    }

    private static void Prepare(string path)
    {
        var folder = FolderOf(path);
        if (!Directory.Exists(folder))
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(folder);
            }
            else
            {
                Directory.CreateDirectory(folder, OwnerFolder);
            }
        }

        Ignore(folder, Path.GetFileName(path));
    }

    /// <summary>Adds a line to .gitignore unless it is there. The file is the user's: what stands in it stays.</summary>
    private static void Ignore(string folder, string name)
    {
        var ignore = Path.Combine(folder, ".gitignore");
        var lines = File.Exists(ignore) ? File.ReadAllText(ignore) : "";
        if (lines.Split('\n').Any(line => line.Trim() is "*" || line.Trim() == name || line.Trim() == "/" + name))
        {
            return;
        }

        File.AppendAllText(ignore, $"{(lines.Length == 0 || lines.EndsWith('\n') ? "" : "\n")}/{name}\n");
    }

    private static string WriteBeside(string path, Sensitive content)
    {
        var temporary = Path.Combine(FolderOf(path), $".{Path.GetFileName(path)}.{Guid.NewGuid():N}");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            // At creation and not afterwards, so that no moment is left in which others could open it.
            options.UnixCreateMode = OwnerOnly;
        }

        try
        {
            using var stream = new FileStream(temporary, options);
            stream.Write(Encoding.UTF8.GetBytes(content.Reveal()));
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

    private static string FolderOf(string path) => Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/";

    private static Diagnostic WorldReadable(string path, UnixFileMode mode) => new()
    {
        Severity = Severity.Warning,
        File = path,
        Line = 0,
        Column = 0,
        Message = $"others on this machine can read this file (mode {Convert.ToString((int)mode, 8).PadLeft(4, '0')})",
        Expected = "mode 0600",
        Hint = $"chmod 600 {path}",
    };

    private static void Guard(string path, Action write)
    {
        try
        {
            write();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SlipwayException(FailureReason.LocalState, $"{path} cannot be written: {error.Message}", error);
        }
    }
}
