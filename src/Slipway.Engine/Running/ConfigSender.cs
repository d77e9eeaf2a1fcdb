using Slipway.Core.Failures;
using Slipway.Core.Planning;
using Slipway.Core.Secrets;
using Slipway.Core.Spec;
using Slipway.Engine.Phases;
using Slipway.Engine.Ports;

namespace Slipway.Engine.Running;

/// <summary>
/// Sends one machine config. When the connection is lost around the call nobody knows whether it arrived: the node is asked,
/// and gets the config again only if it still needs it. A config sent twice to a blank node would be two installs.
/// </summary>
internal sealed class ConfigSender(RunContext run, string phase)
{
    /// <summary>A line that breaks this often is not going to carry a config.</summary>
    private const int Attempts = 3;

    /// <summary>What the node said to it; null when the answer was lost but the node has the config.</summary>
    /// <param name="apply">How, at the first attempt and at any other.</param>
    public async Task<ApplyOutcome?> SendAsync(NodeSpec node, Sensitive config, NodeMode mode, ApplyMode apply, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                // Not cancelled by Ctrl-C: a config that is half-way on the wire is the one thing nobody wants.
                return await run.Node(node).ApplyConfigurationAsync(
                    new ApplyRequest(config, mode == NodeMode.Maintenance ? ApplyMode.Auto : apply, mode == NodeMode.Maintenance), CancellationToken.None);
            }
            catch (SlipwayException error) when (error.Reason is FailureReason.Unreachable or FailureReason.TimedOut)
            {
                if (attempt == Attempts)
                {
                    throw Lost(node, error);
                }

                run.Notice($"{node.Name}: the connection was lost while the config was sent ({error.Found ?? error.Message}); asking the node whether it arrived", warning: true);
                var seen = await AskAsync(node, cancellationToken);
                if (!NeedsConfig(node))
                {
                    return null;
                }

                mode = seen.Mode;
            }
        }
    }

    private async Task<NodeObservation> AskAsync(NodeSpec node, CancellationToken cancellationToken)
    {
        await Task.Delay(run.Options.SettleTime, run.Time, cancellationToken);
        var seen = await new NodeWaiter(run).WaitAsync(
            phase, node, "the node tells whether the config arrived", run.Options.InstallTimeout, seen => seen.Mode != NodeMode.Unreachable, cancellationToken);
        ConnectPhase.Identify(phase, node, seen);
        return seen;
    }

    private bool NeedsConfig(NodeSpec node) =>
        ConfigPlanner.Plan(node.Role, run.Desired, run.State.Snapshot()).Any(action => action.Target == node.Name);

    private SlipwayException Lost(NodeSpec node, SlipwayException error) => new(error.Reason, error.Message, error)
    {
        Node = node.Name,
        Phase = phase,
        Expected = "the node takes its machine config",
        Found = $"the connection was lost {Attempts} times in a row: {error.Found ?? error.Message}",
        Hint = "look at the network between here and the node; run the same command again to go on from here",
    };
}
