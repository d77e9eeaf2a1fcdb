using Slipway.Agent.Configuration;
using Slipway.Xdp.Status;

namespace Slipway.Agent.Running;

/// <summary>
/// The configuration in force. Looked at by content each time: a bind mount is replaced under the same name and tells no watcher. A bad
/// file keeps the last good one, and a missing file what was there before it went.
/// </summary>
internal sealed class ConfigWatch(string path, TimeProvider time)
{
    private byte[]? seen;
    private string? unreadable;

    public AgentConfig Config { get; private set; } = AgentConfig.Default;

    public ConfigStatus Status { get; private set; } = new() { Path = path, Generation = 0, Missing = true, LoadedAt = default };

    /// <summary>True when another configuration is in force now; always at the first look.</summary>
    public bool Look()
    {
        var first = Status.Generation == 0;
        byte[]? content;
        try
        {
            content = ReadBounded();
            unreadable = null;
        }
        catch (Exception problem) when (problem is FileNotFoundException or DirectoryNotFoundException)
        {
            content = null;
            unreadable = Status.Missing ? null : $"{path}: the file is gone; its last content stays in force";
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            content = null;
            unreadable = $"{path}: {problem.Message}";
        }

        if (content is null)
        {
            return Keep(first, unreadable is null ? [] : [unreadable]);
        }

        if (seen is not null && content.AsSpan().SequenceEqual(seen))
        {
            return false;
        }

        seen = content;
        var result = ConfigReader.Read(content);
        if (result.Config is not { } config)
        {
            return Keep(first, [.. result.Findings.Take(50).Select(finding => finding.In(path))]);
        }

        Config = config;
        Status = new ConfigStatus { Path = path, Generation = Status.Generation + 1, Missing = false, LoadedAt = time.GetUtcNow() };
        return true;
    }

    private bool Keep(bool first, IReadOnlyList<string> findings)
    {
        Status = Status with { Findings = findings, Generation = first ? 1 : Status.Generation, LoadedAt = first ? time.GetUtcNow() : Status.LoadedAt };
        seen = unreadable is null ? seen : null;
        return first;
    }

    /// <summary>One byte more than may be, so that the reader can refuse a file that is too long without our holding it all.</summary>
    private byte[] ReadBounded()
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        var buffer = new byte[Math.Min(file.Length, JsonPlaceReader.LargestFile) + 1];
        var held = file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        return buffer[..held];
    }
}
