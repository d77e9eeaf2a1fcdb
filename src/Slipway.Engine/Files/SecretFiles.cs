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
    private const UnixFileMode OthersMayRead = UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Writes a file that must not be there yet.</summary>
    /// <exception cref="SlipwayException"><see cref="FailureReason.Unsafe"/> when it is there,
    /// <see cref="FailureReason.LocalState"/> when it cannot be written.</exception>
    public static void Create(string path, Sensitive content) => PrivateFiles.Guard(path, () =>
    {
        Prepare(path);
        var temporary = PrivateFiles.WriteBeside(path, content.Reveal());
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
    public static void Replace(string path, Sensitive content)
    {
        PrivateFiles.Guard(path, () => Prepare(path));
        PrivateFiles.Write(path, content.Reveal());
    }

    /// <summary>The content, with a warning when others on this machine can read the file.</summary>
    /// <exception cref="SlipwayException"><see cref="FailureReason.BadInput"/> when there is no such file,
    /// <see cref="FailureReason.LocalState"/> when it cannot be read.</exception>
    public static (Sensitive Content, IReadOnlyList<Diagnostic> Findings) Read(string path)
    {
        string text;
        UnixFileMode mode;
        try
        {
            text = File.ReadAllText(path);
            mode = File.GetUnixFileMode(path);
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
        PrivateFiles.EnsureFolder(PrivateFiles.FolderOf(path));
        Ignore(PrivateFiles.FolderOf(path), Path.GetFileName(path));
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
}
