using Slipway.Core.Failures;
using Slipway.Core.Installers;
using Slipway.Core.Planning;
using Slipway.Core.Planning.Upgrades;
using Slipway.Core.Spec;
using Slipway.Engine.Draining;
using Slipway.Engine.Journaling;
using Slipway.Engine.Phases;
using Slipway.Engine.Ports;
using Slipway.Engine.Running;

namespace Slipway.Engine.Upgrading;

/// <summary>
/// Upgrades one node and stays with it until it is back and has what it was upgraded for. What a lost connection left open is
/// asked of the node: another boot id means that it happened.
/// </summary>
internal sealed class NodeUpgrader(RunContext run, string phase, UpgradeMoment moment)
{
    private const int Attempts = 3;

    public async Task UpgradeAsync(NodeSpec node, NodeObservation before, CancellationToken cancellationToken)
    {
        var image = NodeImage.Of(run.Spec, node);
        var drained = await StartAsync(node, before, image, cancellationToken);
        var waiter = new NodeWaiter(run);
        var seen = await waiter.WaitAsync(
            phase, node, $"back from the upgrade to {image.Name}", run.Options.UpgradeTimeout, seen => IsBack(seen, before), cancellationToken);
        ConnectPhase.Identify(phase, node, seen);
        new UpgradeFile(run.Folder).Note(node.Name, new UpgradeRecord(Identity(image), WrittenIn: null));
        new Observer(run).ObserveLocal();
        Judge(node, image, seen);
        await waiter.WaitAsync(
            phase, node, before.Ready ? "ready again after the upgrade" : "up again after the upgrade", run.Options.UpgradeTimeout,
            now => IsBack(now, before) && (now.Ready || !before.Ready) && (before.EtcdMemberId is null || now.EtcdMemberId is not null),
            cancellationToken);
        if (drained)
        {
            await new NodeDrain(run, phase).UncordonAsync(node, cancellationToken);
        }
    }

    /// <returns>Whether the node was ours to drain; one of Talos up to 1.12 does that itself.</returns>
    private async Task<bool> StartAsync(NodeSpec node, NodeObservation before, NodeImage image, CancellationToken cancellationToken)
    {
        PulledImage pulled = default;
        var isUnderWay = await AskAsync(node, before, image, async () => pulled = await GetAsync(node, image, cancellationToken), cancellationToken);
        if (isUnderWay || pulled.DoesTheRest)
        {
            _ = isUnderWay || await AskAsync(node, before, image, () => run.Node(node).UpgradeAsync(pulled, Progress(node), cancellationToken), cancellationToken);
            return false;
        }

        // After the image is there, which takes longest and is what fails: no pod is moved for an image that cannot be had.
        await new NodeDrain(run, phase).DrainAsync(node, cancellationToken);
        await AskAsync(node, before, image, () => WriteAndRebootAsync(node, before, image, pulled, cancellationToken), cancellationToken);
        return true;
    }

    /// <summary>The image comes onto the node, from wherever it is.</summary>
    private async Task<PulledImage> GetAsync(NodeSpec node, NodeImage image, CancellationToken cancellationToken)
    {
        if (image.Archive is not { } path)
        {
            return await run.Node(node).PullAsync(image.Reference, Progress(node), cancellationToken);
        }

        try
        {
            await using var archive = new ArchiveReader(path, run.State.Local.Archives[path], Progress(node));
            var imported = await run.Node(node).ImportAsync(archive, cancellationToken);
            archive.Demand(node, phase);
            return imported;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SlipwayException(FailureReason.LocalState, $"{path} cannot be read: {error.Message}", error)
            {
                Node = node.Name,
                Phase = phase,
                Hint = "the node runs what it ran before; run the same command again once the file can be read",
            };
        }
    }

    /// <summary>An archive has the name that its maker gave it, which is the same for many.</summary>
    private string Identity(NodeImage image) => image.Archive is { } path ? run.State.Local.Archives[path].Digest! : image.Reference;

    private async Task WriteAndRebootAsync(NodeSpec node, NodeObservation before, NodeImage image, PulledImage pulled, CancellationToken cancellationToken)
    {
        var file = new UpgradeFile(run.Folder);
        var written = new UpgradeRecord(Identity(image), before.BootId);
        if (before.BootId is null || file.Read().GetValueOrDefault(node.Name) != written)
        {
            await run.StepAsync(phase, node.Name, $"write {image.Name} beside the running system", async () =>
            {
                await run.Node(node).UpgradeAsync(pulled, Progress(node), cancellationToken);
                file.Note(node.Name, written);
            });
        }

        run.Report(node, "rebooting into the new image");
        // Not cancelled by Ctrl-C: a node with a new image and an old system is neither the one nor the other.
        await run.StepAsync(phase, node.Name, "reboot into the new image", () => run.Node(node).RebootAsync(CancellationToken.None));
    }

    /// <summary>Asks the node for a part of its upgrade, again when the connection is lost on the way.</summary>
    /// <returns>True when the node turned out to be on its way to the new image already.</returns>
    private async Task<bool> AskAsync(NodeSpec node, NodeObservation before, NodeImage image, Func<Task> ask, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await ask();
                return false;
            }
            catch (SlipwayException error) when (error.Reason is FailureReason.Unreachable or FailureReason.TimedOut or FailureReason.NotYet)
            {
                if (attempt == Attempts)
                {
                    throw Lost(node, image, error);
                }

                run.Notice($"{node.Name}: the upgrade did not go through ({error.Found ?? error.Message}); asking the node what became of it", warning: true);
                if (await IsUnderWayAsync(node, before, cancellationToken))
                {
                    return true;
                }
            }
        }
    }

    private Action<string> Progress(NodeSpec node) => line => run.Report(node, "upgrading", line);

    private async Task<bool> IsUnderWayAsync(NodeSpec node, NodeObservation before, CancellationToken cancellationToken)
    {
        await Task.Delay(run.Options.SettleTime, run.Time, cancellationToken);
        var seen = await new NodeWaiter(run).WaitAsync(
            phase, node, "the node tells what became of its upgrade", run.Options.UpgradeTimeout, seen => seen.Mode == NodeMode.Configured, cancellationToken);
        ConnectPhase.Identify(phase, node, seen);
        return seen.BootId != before.BootId || seen.Stage is NodeStage.Upgrading or NodeStage.Rebooting or NodeStage.ShuttingDown;
    }

    /// <summary>A node that cannot boot the new image boots the former one again by itself.</summary>
    private void Judge(NodeSpec node, NodeImage image, NodeObservation seen)
    {
        if (UpgradePlanner.ForNode(moment, run.Spec, node, seen, run.State.Local) is { } still)
        {
            var left = string.Join("; ", still.Changes.Select(change => $"{change.Path}: {change.Before ?? "nothing"} instead of {change.After ?? "nothing"}"));
            throw new SlipwayException(FailureReason.Rejected, $"{node.Name} ({node.Address}): came back from the upgrade, but not as it was upgraded")
            {
                Node = node.Name,
                Phase = phase,
                Expected = image.Name,
                Found = moment == UpgradeMoment.AfterConfig && image.Archive is null ? Missing(node, seen) : left,
                Hint = "a node that cannot boot an image goes back to its former one: look at the console during the next attempt, and at 'talosctl dmesg'",
            };
        }

        // Arguments that the config carries are not looked for before the node has its config.
        if (moment == UpgradeMoment.BeforeConfig && image.SchematicId is not null && Missing(node, seen) is { Length: > 0 } missing)
        {
            throw new SlipwayException(FailureReason.Rejected, $"{node.Name} ({node.Address}): kernel arguments are missing after the upgrade")
            {
                Node = node.Name,
                Phase = phase,
                Expected = string.Join(' ', image.KernelArguments),
                Found = missing,
                Hint = "no other node was upgraded; 'slipway plan' names each argument and why it is missing",
            };
        }
    }

    private string Missing(NodeSpec node, NodeObservation seen) => string.Join("; ", KernelArgumentCheck.Missing(run.Spec, node, seen));

    private static bool IsBack(NodeObservation seen, NodeObservation before) =>
        seen is { Mode: NodeMode.Configured, Stage: NodeStage.Running or NodeStage.Booting } && seen.BootId != before.BootId;

    private SlipwayException Lost(NodeSpec node, NodeImage image, SlipwayException error) => new(error.Reason, error.Message, error)
    {
        Node = node.Name,
        Phase = phase,
        Expected = $"the node takes {image.Name}",
        Found = $"no luck {Attempts} times in a row: {error.Found ?? error.Message}",
        Hint = "the node runs what it ran before; run the same command again to go on from here",
    };
}
