using Slipway.Agent.Configuration;
using Slipway.Xdp.Status;

namespace Slipway.Agent.Running;

/// <summary>
/// The configuration in force. Looked at by content each time: a bind mount is replaced under the same name and tells no watcher. A bad
/// file keeps the last good one, at the first look the one that an earlier agent kept; a missing file keeps what was there before it
/// went, and at the first look means the defaults.
/// </summary>
internal sealed class ConfigWatch(string path, KeptConfig kept, TimeProvider time)
{
    private const int MostFindings = 50;

    private byte[]? _seen;
    private byte[]? _unkept;

    /// <summary>What is in force in the place of a file that was bad from the beginning; null when that is not so.</summary>
    private string? _instead;

    public AgentConfig Config { get; private set; } = AgentConfig.Default;

    public ConfigStatus Status { get; private set; } = new() { Path = path, Generation = 0, Missing = true, LoadedAt = default };

    /// <summary>Why the configuration in force will not be there for a later start with a bad file; null when it will.</summary>
    public string? KeepProblem { get; private set; }

    /// <summary>True when another configuration is in force now; always at the first look.</summary>
    public bool Look()
    {
        byte[] content;
        try
        {
            content = BoundedFile.Read(path);
        }
        catch (Exception problem) when (problem is FileNotFoundException or DirectoryNotFoundException)
        {
            _seen = null;
            return Status.Generation == 0
                ? Begin(AgentConfig.Default, missing: true, [])
                : Stay(Status.Missing ? [] : [$"{path}: the file is gone; what was in force stays in force"]);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            _seen = null;
            return Refuse([$"{path}: {problem.Message}"]);
        }

        if (_seen is not null && content.AsSpan().SequenceEqual(_seen))
        {
            return false;
        }

        _seen = content;
        var result = ConfigReader.Read(content);
        if (result.Config is not { } config)
        {
            return Refuse([.. result.Findings.Take(MostFindings).Select(finding => finding.In(path))]);
        }

        _unkept = content;
        _instead = null;
        return Begin(config, missing: false, []);
    }

    /// <summary>Keeps what the last look brought for a later start. Waits for the disk, so it comes after all that the look asked for.</summary>
    public void Keep()
    {
        if (_unkept is { } content)
        {
            _unkept = null;
            KeepProblem = kept.Write(content);
        }
    }

    private bool Refuse(IReadOnlyList<string> findings)
    {
        if (Status.Generation > 0)
        {
            return Stay(findings);
        }

        (var config, _instead) = kept.Read();
        return Begin(config ?? AgentConfig.Default, missing: false, findings);
    }

    private bool Begin(AgentConfig config, bool missing, IReadOnlyList<string> findings)
    {
        Config = config;
        Status = new ConfigStatus { Path = path, Generation = Status.Generation + 1, Missing = missing, LoadedAt = time.GetUtcNow() };
        Stay(findings);
        return true;
    }

    private bool Stay(IReadOnlyList<string> findings)
    {
        Status = Status with { Findings = _instead is null ? findings : [.. findings, _instead] };
        return false;
    }
}
