using Slipway.Core.Failures;
using Slipway.Core.Planning;
using Slipway.Core.Spec;
using Slipway.Engine.Journaling;
using Slipway.Engine.Ports;
using Slipway.Engine.Running;

namespace Slipway.Engine.Phases;

/// <summary>
/// Bootstraps etcd exactly once. The node is written down before the call, so that a run after a crash asks the same one;
/// the answer is believed only when etcd lists a member, because Talos keeps the intent in memory and a reboot loses it.
/// </summary>
internal sealed class BootstrapPhase : Phase
{
    private static readonly TimeSpan ConfirmWithin = TimeSpan.FromMinutes(2);

    public override string Id => PhaseIds.Bootstrap;

    public override string Title => "Bootstrap etcd, once";

    public override async Task ObserveAsync(RunContext run, Observer observer, CancellationToken cancellationToken)
    {
        observer.ObserveLocal();
        await observer.ObserveNodesAsync(run.Spec.ControlPlanes, ObservationDepth.Full, cancellationToken);
        await observer.ObserveEtcdAsync(cancellationToken);
    }

    public override IReadOnlyList<PlannedAction> Plan(DesiredState desired, ObservedState observed) => ClusterPlanner.Bootstrap(desired, observed);

    public override async Task ApplyAsync(RunContext run, IReadOnlyList<PlannedAction> actions, CancellationToken cancellationToken)
    {
        if (actions.Count == 0)
        {
            return;
        }

        var file = new BootstrapFile(run.Folder);
        var node = Choose(run, file.Read());
        file.Write(new BootstrapRecord(node.Name, Confirmed: false));
        await run.EffectAsync(actions[0], async () =>
        {
            await BootstrapAsync(run, node, cancellationToken);
            file.Write(new BootstrapRecord(node.Name, Confirmed: true));
        });
    }

    private NodeSpec Choose(RunContext run, BootstrapRecord? record)
    {
        var wanted = record?.Node ?? run.Spec.ControlPlanes.First().Name;
        return run.Spec.ControlPlanes.FirstOrDefault(node => node.Name == wanted)
            ?? throw new SlipwayException(FailureReason.Unsafe, $"an earlier run began to bootstrap etcd on {wanted}, which the spec does not name any more")
            {
                Node = wanted,
                Phase = Id,
                Hint = $"put the node back into the spec; or, when it surely has no etcd member, delete {run.Folder.BootstrapRecord}",
            };
    }

    private async Task BootstrapAsync(RunContext run, NodeSpec node, CancellationToken cancellationToken)
    {
        var started = run.Time.GetTimestamp();
        SlipwayException? answer = null;
        await Attempts.UntilDoneAsync(run, run.Options.BootstrapTimeout, async token =>
        {
            answer = await AskAsync(run, node);
            if (answer is null && await HasMemberAsync(run, node, started, token))
            {
                return null;
            }

            var reason = answer?.Message ?? "bootstrap was accepted, but no member is listed";
            run.Report(node, "bootstrap: not yet", reason);
            return reason;
        }, reason => OutOfTime(run, node, reason, answer), cancellationToken);
    }

    private SlipwayException OutOfTime(RunContext run, NodeSpec node, string reason, SlipwayException? answer) => new(
        Transient.OutOfTime(answer?.Reason), $"{node.Name} ({node.Address}): etcd did not start within {run.Options.BootstrapTimeout.TotalMinutes:0.#} minutes", answer)
    {
        Node = node.Name,
        Phase = Id,
        Expected = "an etcd member",
        Found = reason,
        Hint = $"look at 'talosctl -n {node.Address} service etcd'; then run the same command again",
    };

    /// <summary>Null when the node took the call, now or in an earlier run; else why it did not yet.</summary>
    private static async Task<SlipwayException?> AskAsync(RunContext run, NodeSpec node)
    {
        try
        {
            // Not cancelled by Ctrl-C: whether it arrived must be known as well as it can be.
            await run.Node(node).BootstrapEtcdAsync(CancellationToken.None);
            return null;
        }
        catch (SlipwayException error) when (error.Reason == FailureReason.AlreadyDone)
        {
            return null;
        }
        catch (SlipwayException error) when (Transient.Is(error.Reason) || error.Reason is FailureReason.NotSupported or FailureReason.PermissionDenied)
        {
            // A node that is still in maintenance mode says "not supported" or "not allowed" (Talos up to 1.12, from 1.13).
            return error;
        }
    }

    private static async Task<bool> HasMemberAsync(RunContext run, NodeSpec node, long started, CancellationToken cancellationToken)
    {
        var (asked, pace) = (run.Time.GetTimestamp(), new Pace(run.Time, run.Options));
        while (run.Time.GetElapsedTime(asked) < ConfirmWithin && run.Time.GetElapsedTime(started) < run.Options.BootstrapTimeout)
        {
            try
            {
                if ((await run.Node(node).EtcdMembersAsync(cancellationToken)).Count > 0)
                {
                    return true;
                }
            }
            catch (SlipwayException error) when (Transient.Is(error.Reason) || error.Reason is FailureReason.NotSupported or FailureReason.Unknown)
            {
                run.Report(node, "bootstrap: etcd is starting");
            }

            await pace.WaitAsync(cancellationToken);
        }

        return false;
    }
}
