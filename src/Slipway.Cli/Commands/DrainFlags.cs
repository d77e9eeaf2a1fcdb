using System.CommandLine;
using Slipway.Core.Planning.Draining;

namespace Slipway.Cli.Commands;

/// <summary>How <c>up</c> drains nodes that it reboots, in kubectl drain's and talosctl upgrade's words.</summary>
internal sealed class DrainFlags
{
    private readonly Option<bool> _skip = new("--no-drain") { Description = "reboot nodes with whatever runs on them: no cordon, no eviction" };

    private readonly Option<TimeSpan?> _timeout = DurationOption.Named(
        "--drain-timeout", "how long the pods of a node may take to leave before the run gives up (default 5m)", TimeSpan.FromSeconds(1), TimeSpan.FromDays(2));

    private readonly Option<bool> _emptyDir = new("--delete-emptydir-data") { Description = "evict pods with emptyDir volumes too, whose data is lost" };

    private readonly Option<bool> _force = new("--force-drain") { Description = "evict pods too that no controller makes again" };

    public IEnumerable<Option> All => [_timeout, _emptyDir, _force, _skip];

    public DrainOptions Of(CommandContext context) => new()
    {
        Skip = context.Get(_skip),
        Timeout = context.Get(_timeout) ?? new DrainOptions().Timeout,
        DeleteEmptyDirData = context.Get(_emptyDir),
        Force = context.Get(_force),
    };
}
