using Slipway.Agent.Configuration;
using Slipway.Agent.Files;
using Slipway.Agent.Filtering;
using Slipway.Xdp.Status;

namespace Slipway.Agent.Running;

/// <summary>status.json every few seconds and after changes, tables.json after changes; bandwidth from one look at an interface to the next.</summary>
internal sealed class StatusFiles(TimeProvider time)
{
    private readonly Dictionary<int, (DateTimeOffset At, InterfaceStatus Status)> _before = [];
    private DateTimeOffset _writtenAt;

    /// <summary>Null, or what the file system had against it.</summary>
    public string? WriteStatus(AgentStatus status, StatusConfig config, bool now)
    {
        if (!now && status.WrittenAt - _writtenAt < config.Every)
        {
            return null;
        }

        _writtenAt = status.WrittenAt;
        return Write(Path.Combine(config.Folder, "status.json"), file => StatusJson.Write(file, status));
    }

    /// <summary>Null, or what the file system had against it.</summary>
    public string? WriteTables(FilterPlan plan, StatusConfig config) => Write(Path.Combine(config.Folder, "tables.json"), file => StatusJson.Write(file, new AgentTables
    {
        WrittenAt = time.GetUtcNow(),
        Mode = plan.Mode,
        OwnAddresses = [.. plan.OwnAddresses.Select(address => address.ToString())],
        ShredVersion = plan.ShredVersion,
        Identity = plan.Identity,
        Ports = plan.Ports,
        Limits = plan.Limits,
        Peers = plan.Peers,
    }));

    public IReadOnlyList<InterfaceStatus> WithBandwidth(IReadOnlyList<InterfaceStatus> interfaces)
    {
        var now = time.GetUtcNow();
        return [.. interfaces.Select(nic =>
        {
            var rated = nic;
            if (_before.TryGetValue(nic.Index, out var last) && now > last.At && nic.RxBytes >= last.Status.RxBytes && nic.TxBytes >= last.Status.TxBytes)
            {
                var seconds = (now - last.At).TotalSeconds;
                rated = nic with
                {
                    RxBitsPerSecond = (nic.RxBytes - last.Status.RxBytes) * 8 / seconds,
                    TxBitsPerSecond = (nic.TxBytes - last.Status.TxBytes) * 8 / seconds,
                };
            }

            _before[nic.Index] = (now, nic);
            return rated;
        })];
    }

    private static string? Write(string path, Action<Stream> write)
    {
        try
        {
            AtomicFile.Write(path, write);
            return null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return $"{path}: {problem.Message}";
        }
    }
}
