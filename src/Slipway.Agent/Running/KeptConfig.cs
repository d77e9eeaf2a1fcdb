using System.Globalization;
using Slipway.Agent.Configuration;
using Slipway.Agent.Files;

namespace Slipway.Agent.Running;

/// <summary>
/// The last good configuration, kept for a start that finds a bad one: a slip of the pen and a reboot must not open a node that was
/// guarded. Byte for byte what the operator wrote, and read as strictly.
/// </summary>
internal sealed class KeptConfig(string path)
{
    /// <summary>An RPC's path may hold a key.</summary>
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <returns>Null when there is none that can be used, and in any case what is in force now, in words.</returns>
    public (AgentConfig? Config, string Words) Read()
    {
        try
        {
            var result = ConfigReader.Read(BoundedFile.Read(path));
            return result.Config is { } config
                ? (config, string.Create(CultureInfo.InvariantCulture, $"the last good configuration is in force, kept in {path} since {File.GetLastWriteTimeUtc(path):yyyy-MM-dd HH:mm} UTC"))
                : (null, $"the configuration that was kept is not good either: {result.Findings[0].In(path)}; observing with the defaults");
        }
        catch (Exception problem) when (problem is FileNotFoundException or DirectoryNotFoundException)
        {
            return (null, $"no good configuration was kept in {path}: observing with the defaults");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return (null, $"the configuration that was kept cannot be read: {problem.Message}; observing with the defaults");
        }
    }

    /// <summary>Null, or why a later start will not find it.</summary>
    public string? Write(byte[] content)
    {
        try
        {
            if (!Holds(content))
            {
                AtomicFile.Write(path, file => file.Write(content), Owner);
            }

            return null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return $"the configuration cannot be kept for a start with a bad one: {path}: {problem.Message}";
        }
    }

    private bool Holds(byte[] content)
    {
        try
        {
            return BoundedFile.Read(path).AsSpan().SequenceEqual(content);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
