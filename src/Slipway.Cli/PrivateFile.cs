using System.Text;

namespace Slipway.Cli;

/// <summary>Files that only their owner may read: mode 0600 from the first byte, in folders of mode 0700.</summary>
internal static class PrivateFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Replaces the file in one step, so that nobody ever reads half of it.</summary>
    public static void Write(string path, string text)
    {
        CreateFolder(Path.GetDirectoryName(path)!);
        var draft = $"{path}.{Environment.ProcessId}.new";
        using (var file = new FileStream(draft, Options(FileMode.Create)))
        {
            file.Write(Encoding.UTF8.GetBytes(text));
            file.Flush(flushToDisk: true);
        }

        File.Move(draft, path, overwrite: true);
    }

    private static FileStreamOptions Options(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        return options;
    }

    private static void CreateFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            // Only folders that are made here get the mode; one that stands already keeps its own.
            Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
        }
    }
}
