using System.Globalization;
using Slipway.Core.Doctor;
using Slipway.Core.Failures;
using Slipway.Core.Planning;
using Slipway.Core.Secrets;
using Slipway.Core.Spec;
using Slipway.Engine.Phases;
using Slipway.Engine.Ports;

namespace Slipway.Engine.Running;

/// <summary>
/// Tries a node's new network: the config is in force for a while, and whoever kills this run loses nothing, for Talos goes back by
/// itself. Returns once the node has answered over a new connection with the new settings; then it can be sent for good.
/// </summary>
internal sealed class NetworkTrialRunner(RunContext run, string phase)
{
    /// <exception cref="SlipwayException">Unsafe: it did not answer and went back; TimedOut: it did not even come back.</exception>
    /// <param name="config">The one whose network is tried.</param>
    public async Task RunAsync(NodeSpec node, Sensitive config, NetworkTrial trial, CancellationToken cancellationToken)
    {
        await run.StepAsync(phase, node.Name, $"try the new network, {trial.Note}", () => TryAsync(node, config, trial, cancellationToken));
        run.Report(node, "answers with its new network");
    }

    private async Task TryAsync(NodeSpec node, Sensitive config, NetworkTrial trial, CancellationToken cancellationToken)
    {
        run.Report(node, "trying its new network", string.Create(CultureInfo.InvariantCulture, $"it goes back by itself after {trial.Length.TotalSeconds:0} s"));
        // Counted from before it is sent: an answer within the time is surely one with the new settings.
        var started = run.Time.GetTimestamp();
        await SendAsync(node, config, trial);
        if (await AnswerAsync(node, trial, started, cancellationToken) is { } problem)
        {
            await ReturnAsync(node, trial, cancellationToken);
            throw Failed(node, trial, problem);
        }
    }

    /// <summary>A lost answer is no failure: the new network may have taken it.</summary>
    private async Task SendAsync(NodeSpec node, Sensitive config, NetworkTrial trial)
    {
        try
        {
            // Not cancelled by Ctrl-C: it goes back by itself, whether it arrived or not.
            await run.Node(node).ApplyConfigurationAsync(
                new ApplyRequest(config, ApplyMode.Try, Maintenance: false, TryTimeout: trial.Length), CancellationToken.None);
        }
        catch (SlipwayException error) when (error.Reason is FailureReason.Unreachable or FailureReason.TimedOut)
        {
            run.Notice($"{node.Name}: the connection was lost while its new network was sent ({error.Found ?? error.Message}); asking it over a new one", warning: true);
        }
    }

    /// <returns>Null once it answered; else what it did instead.</returns>
    private async Task<string?> AnswerAsync(NodeSpec node, NetworkTrial trial, long started, CancellationToken cancellationToken)
    {
        // Links take their settings a moment after the call; an answer before that proves nothing.
        await Task.Delay(Shorter(run.Options.SettleTime, trial.Length / 4), run.Time, cancellationToken);
        var pace = new Pace(run.Time, run.Options);
        string? silence = null;
        string? answer = null;
        do
        {
            run.Node(node).Disconnect();
            var seen = await run.Node(node).ObserveAsync(ObservationDepth.Full, cancellationToken);
            if (seen.Mode != NodeMode.Configured)
            {
                silence = seen.Failure?.Message ?? NodeText.Of(seen);
            }
            else if ((answer = Shortfall(node, seen)) is null && run.Time.GetElapsedTime(started) < trial.Length)
            {
                ConnectPhase.Identify(phase, node, seen);
                return null;
            }

            await pace.WaitAsync(cancellationToken);
        }
        while (run.Time.GetElapsedTime(started) < trial.Length);
        // Who was silent and answers at the very end has gone back already.
        return silence ?? answer ?? "an answer too late to tell the new settings from the old";
    }

    /// <summary>What an answering node has not got of its new settings; null when it has them all.</summary>
    private string? Shortfall(NodeSpec node, NodeObservation seen)
    {
        var wanted = NodeIntentReader.Read(run.Desired.Configs[node.Name].Reveal()).Links;
        return seen.Links
            .Where(link => wanted.GetValueOrDefault(link.Name)?.Mtu is { } mtu && mtu != link.Mtu)
            .Select(link => $"an answer, but {link.Name} still has MTU {link.Mtu} in place of {wanted[link.Name].Mtu}")
            .FirstOrDefault();
    }

    private async Task ReturnAsync(NodeSpec node, NetworkTrial trial, CancellationToken cancellationToken)
    {
        run.Report(node, "no answer with its new network; waiting until it goes back to the old one");
        // Until the trial is surely over: what answers before may still be the network that was tried.
        await Task.Delay(Shorter(run.Options.SettleTime, trial.Length), run.Time, cancellationToken);
        run.Node(node).Disconnect();
        await new NodeWaiter(run).WaitAsync(
            phase, node, "the node goes back to the network that it had", run.Options.ConnectTimeout, seen => seen.Mode == NodeMode.Configured, cancellationToken);
    }

    private SlipwayException Failed(NodeSpec node, NetworkTrial trial, string problem) => new(
        FailureReason.Unsafe, $"{node.Name} ({node.Address}): the new network does not work, so it was not kept: the node went back to the one that it had")
    {
        Node = node.Name,
        Phase = phase,
        Expected = string.Create(CultureInfo.InvariantCulture, $"an answer with the new network within {trial.Length.TotalSeconds:0} s"),
        Found = problem,
        Hint = "the node runs as before; correct interface, MTU, VLAN, addresses or patches of this node ('slipway plan' shows what changes), then run the same command again",
    };

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
