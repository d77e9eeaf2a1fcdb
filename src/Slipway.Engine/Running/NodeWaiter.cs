using Slipway.Core.Failures;
using Slipway.Core.Planning;
using Slipway.Core.Spec;
using Slipway.Engine.Ports;

namespace Slipway.Engine.Running;

/// <summary>
/// Follows one node through install and reboots until it is as wanted. Stages are watched, not polled: a fleet of 500
/// would spend more on polling than on the run.
/// </summary>
internal sealed class NodeWaiter(RunContext run)
{
    /// <param name="expected">What is waited for, as it reads in an error.</param>
    /// <exception cref="SlipwayException">TimedOut; or what the node's refusal says, when it goes on refusing us.</exception>
    public async Task<NodeObservation> WaitAsync(
        string phase, NodeSpec node, string expected, TimeSpan timeout, Func<NodeObservation, bool> arrived, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(timeout, run.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        var (last, pace) = ("no answer yet", new Pace(run.Time, run.Options));
        long? refused = null;
        try
        {
            while (true)
            {
                var seen = await run.Node(node).ObserveAsync(ObservationDepth.Full, either.Token);
                run.State.Nodes[node.Name] = seen;
                last = Tell(node, seen, last);
                if (arrived(seen))
                {
                    return seen;
                }

                refused = NodeRefusal.Is(phase, seen) ? refused ?? run.Time.GetTimestamp() : null;
                if (refused is { } since && run.Time.GetElapsedTime(since) >= run.Options.RefusalTimeout)
                {
                    throw NodeRefusal.Of(phase, node, seen, expected);
                }

                if (seen.Mode != NodeMode.Unreachable)
                {
                    last = await FollowAsync(node, seen, last, either.Token);
                }

                await pace.WaitAsync(either.Token);
            }
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new SlipwayException(FailureReason.TimedOut, $"{node.Name} ({node.Address}): not within {timeout.TotalMinutes:0.#} minutes: {expected}")
            {
                Node = node.Name,
                Phase = phase,
                Expected = expected,
                Found = last,
                Hint = "look at the machine's console; then run the same command again to go on from here",
            };
        }
    }

    /// <summary>Returns when the stage has changed, when the connection is gone, which a reboot is, or after a while.</summary>
    private async Task<string> FollowAsync(NodeSpec node, NodeObservation seen, string last, CancellationToken cancellationToken)
    {
        using var enough = new CancellationTokenSource(run.Options.FollowAtMost, run.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, enough.Token);
        try
        {
            await foreach (var stage in run.Node(node).WatchStageAsync(either.Token))
            {
                last = Tell(node, seen with { Stage = stage.Stage, Ready = stage.Ready, Unmet = stage.Unmet }, last);
                if (stage.Stage != seen.Stage || stage.Ready != seen.Ready)
                {
                    break;
                }
            }
        }
        catch (SlipwayException)
        {
            // Not watchable at this moment: the next look will tell.
        }
        catch (OperationCanceledException) when (enough.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // The next look is due.
        }

        return last;
    }

    private string Tell(NodeSpec node, NodeObservation seen, string last)
    {
        var text = NodeText.Of(seen);
        if (text != last)
        {
            run.Report(node, text);
        }

        return text;
    }
}
