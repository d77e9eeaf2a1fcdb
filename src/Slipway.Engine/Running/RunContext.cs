using Slipway.Core.Planning;
using Slipway.Core.Spec;
using Slipway.Engine.Journaling;
using Slipway.Engine.Ports;
using Slipway.Engine.Reporting;

namespace Slipway.Engine.Running;

/// <summary>What every phase works with.</summary>
public sealed class RunContext
{
    public required DesiredState Desired { get; init; }

    public required RunPorts Ports { get; init; }

    public required RunOptions Options { get; init; }

    public required StateFolder Folder { get; init; }

    public required IJournal Journal { get; init; }

    public RunState State { get; } = new();

    /// <summary>Whoever listens, and the journal: what an operator was told is kept.</summary>
    public IReporter Reporter => field ??= new CompositeReporter(Ports.Reporter, new JournalReporter(Journal));

    public ClusterSpec Spec => Desired.Spec;

    public TimeProvider Time => Ports.Time;

    public ITalosNode Node(NodeSpec node) => Ports.Fleet.Node(node);

    public void Report(NodeSpec node, string state, string? detail = null) =>
        Reporter.Report(new NodeProgress(node.Name, state, detail) { Time = Time.GetUtcNow() });

    public void Notice(string message, bool warning = false) =>
        Reporter.Report(new Notice(warning, message) { Time = Time.GetUtcNow() });

    /// <summary>One effect: recorded as intended before, as done or failed after, and told to the reporter.</summary>
    public async Task EffectAsync(PlannedAction action, Func<Task> effect)
    {
        var started = Time.GetTimestamp();
        try
        {
            await StepAsync(action.Phase, action.Target, action.Summary, async () =>
            {
                Reporter.Report(new ActionStarted(action) { Time = Time.GetUtcNow() });
                await effect();
            });
        }
        catch (Exception error)
        {
            Reporter.Report(new ActionFinished(action, false, Time.GetElapsedTime(started), error.Message) { Time = Time.GetUtcNow() });
            throw;
        }

        Reporter.Report(new ActionFinished(action, true, Time.GetElapsedTime(started)) { Time = Time.GetUtcNow() });
    }

    /// <summary>A part of an effect that a node keeps when the rest of it never comes: recorded by itself, so that it can be died at by itself.</summary>
    public async Task StepAsync(string phase, string target, string summary, Func<Task> step)
    {
        var id = Journal.Intend(phase, target, summary);
        try
        {
            await step();
        }
        catch (Exception error)
        {
            Journal.Failed(id, error.Message);
            throw;
        }

        Journal.Done(id);
    }
}
