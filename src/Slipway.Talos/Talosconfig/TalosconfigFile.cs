using Slipway.Core.Failures;

namespace Slipway.Talos.Talosconfig;

/// <summary>A talosconfig on disk.</summary>
public static class TalosconfigFile
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerFolder = OwnerFile | UnixFileMode.UserExecute;

    /// <exception cref="BadInputException">The content is wrong.</exception>
    /// <exception cref="SlipwayException">BadInput: the file cannot be read.</exception>
    public static TalosClientConfig Load(string path)
    {
        try
        {
            return TalosconfigText.Parse(path, File.ReadAllText(path));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SlipwayException(FailureReason.BadInput, $"the talosconfig {path} cannot be read: {error.Message}", error)
            {
                Hint = "name another one with --talosconfig or TALOSCONFIG",
            };
        }
    }

    /// <summary>Writes mode 0600 in a folder of mode 0700. Readers see the old file or the new one, never half of either.</summary>
    /// <exception cref="SlipwayException">LocalState: it cannot be written.</exception>
    public static void Save(string path, TalosClientConfig config)
    {
        var full = Path.GetFullPath(path);
        var draft = $"{full}.{Path.GetRandomFileName()}";
        try
        {
            CreateFolder(Path.GetDirectoryName(full)!);
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = OwnerFile;
            }

            using (var stream = new FileStream(draft, options))
            {
                using var writer = new StreamWriter(stream);
                writer.Write(TalosconfigWriter.Write(config).Reveal());
                writer.Flush();
                stream.Flush(flushToDisk: true);
            }

            File.Move(draft, full, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            File.Delete(draft);
            throw new SlipwayException(FailureReason.LocalState, $"the talosconfig {path} cannot be written: {error.Message}", error);
        }
    }

    private static void CreateFolder(string folder)
    {
        if (Directory.Exists(folder))
        {
            return;
        }

        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, OwnerFolder);
        }
    }
}
