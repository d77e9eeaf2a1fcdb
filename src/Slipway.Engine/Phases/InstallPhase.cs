using Slipway.Core.Doctor;
using Slipway.Core.Failures;
using Slipway.Core.Planning;
using Slipway.Core.Spec;
using Slipway.Engine.Running;

namespace Slipway.Engine.Phases;

/// <summary>
/// Waits until every node has booted from its disk with its config. Not until it is ready: without a CNI no node is, and
/// whoever waits for that here waits for ever.
/// </summary>
internal sealed class InstallPhase : Phase
{
    private const string Booted = "installed and booted from its disk";

    public override string Id => PhaseIds.Install;

    public override string Title => "Install and reboot";

    public override async Task ObserveAsync(RunContext run, Observer observer, CancellationToken cancellationToken)
    {
        var waiter = new NodeWaiter(run);
        await Together.AllAsync(run.Spec.Nodes, async node =>
        {
            var seen = await waiter.WaitAsync(Id, node, Booted, run.Options.InstallTimeout, seen => HasBooted(node, seen), cancellationToken);
            ConnectPhase.Identify(Id, node, seen);
            if (!seen.Ready)
            {
                run.State.FirstBoot ??= run.Time.GetUtcNow();
            }
        });
    }

    /// <summary>What the machines could not tell while they were blank, before anything runs on them: on which NUMA node their NICs are.</summary>
    public override Verification Verify(RunContext run) => CheckupCondition.Of(
        run, CheckMoments.AfterInstall, "CPUs and NICs of the installed machines are as their profiles say",
        [.. run.Spec.Nodes.Where(node => node.Layout?.Cpus is not null && run.State.Blank.Contains(node.Name))]);

    /// <exception cref="SlipwayException">The install failed; the node does not try again, so there is nothing to wait for.</exception>
    private static bool HasBooted(NodeSpec node, NodeObservation seen) => seen.InstallFailure is { } failure
        ? throw new SlipwayException(FailureReason.Unknown, $"{node.Name} ({node.Address}): the install failed: {failure}")
        {
            Node = node.Name,
            Phase = PhaseIds.Install,
            Expected = Booted,
            Found = failure,
            Hint = "correct that (is the disk of the spec the right one, and large enough?) and reboot the machine; then run the same command again to go on from here",
        }
        : seen is { Mode: NodeMode.Configured, Stage: NodeStage.Booting or NodeStage.Running }
        // An installer that still runs shows no system disk yet (Talos 1.14 installs while it boots).
        && (seen.Disks.Count == 0 || seen.Disks.Any(disk => disk.IsSystemDisk));
}
