using Slipway.Core.Planning;
using Slipway.Engine.Running;

namespace Slipway.Engine.Phases;

/// <summary>
/// Waits until every node has booted from its disk with its config. Not until it is ready: without a CNI no node is, and
/// whoever waits for that here waits for ever.
/// </summary>
internal sealed class InstallPhase : Phase
{
    public override string Id => PhaseIds.Install;

    public override string Title => "Install and reboot";

    public override async Task ObserveAsync(RunContext run, Observer observer, CancellationToken cancellationToken)
    {
        var waiter = new NodeWaiter(run);
        await Task.WhenAll(run.Spec.Nodes.Select(async node =>
        {
            var seen = await waiter.WaitAsync(Id, node, "installed and booted from its disk", run.Options.InstallTimeout, HasBooted, cancellationToken);
            ConnectPhase.Identify(Id, node, seen);
            if (!seen.Ready)
            {
                run.State.FirstBoot ??= run.Time.GetUtcNow();
            }
        }));
    }

    private static bool HasBooted(NodeObservation seen) =>
        seen is { Mode: NodeMode.Configured, Stage: NodeStage.Booting or NodeStage.Running }
        // An installer that still runs shows no system disk yet (Talos 1.14 installs while it boots).
        && (seen.Disks.Count == 0 || seen.Disks.Any(disk => disk.IsSystemDisk));
}
