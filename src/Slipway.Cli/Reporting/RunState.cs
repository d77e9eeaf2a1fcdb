using Slipway.Engine.Reporting;

namespace Slipway.Cli.Reporting;

/// <summary>Where a run stands, put together from its events: what the live view draws. Not thread-safe; its owner locks.</summary>
internal sealed class RunState
{
    private const int KeptNotices = 5;

    public string Cluster { get; private set; } = "";

    public DateTimeOffset? Started { get; private set; }

    public DateTimeOffset? Finished { get; private set; }

    public int PhaseCount { get; private set; }

    public List<PhaseLine> Phases { get; } = [];

    /// <summary>In the order in which they were first heard of.</summary>
    public List<NodeLine> Nodes { get; } = [];

    /// <summary>Open conditions of the running phase.</summary>
    public List<ConditionChanged> Waiting { get; } = [];

    /// <summary>Effects under way.</summary>
    public List<ActionStarted> Acting { get; } = [];

    public List<Notice> Notices { get; } = [];

    public void Take(RunEvent runEvent)
    {
        switch (runEvent)
        {
            case RunStarted started:
                (Cluster, Started) = (started.Cluster, started.Time);
                break;
            case PhaseStarted phase:
                PhaseCount = phase.Of;
                Phases.Add(new PhaseLine(phase.Phase, phase.Title, phase.Number, phase.Time));
                break;
            case PhaseFinished phase:
                Finish(phase);
                break;
            case NodeProgress node:
                Move(node);
                break;
            case ActionStarted action:
                Acting.Add(action);
                break;
            case ActionFinished finished:
                Acting.RemoveAll(acting => acting.Action == finished.Action);
                break;
            case ConditionChanged condition:
                Waiting.RemoveAll(waiting => waiting.Phase == condition.Phase && waiting.Description == condition.Description);
                if (condition.State == ConditionState.Waiting)
                {
                    Waiting.Add(condition);
                }

                break;
            case Notice notice:
                Notices.Add(notice);
                Notices.RemoveRange(0, Math.Max(Notices.Count - KeptNotices, 0));
                break;
            case RunFinished finished:
                Finished = finished.Time;
                break;
        }
    }

    private void Finish(PhaseFinished phase)
    {
        var index = Phases.FindLastIndex(line => line.Phase == phase.Phase);
        if (index >= 0)
        {
            Phases[index] = Phases[index] with { Outcome = phase.Outcome, Elapsed = phase.Elapsed, Message = phase.Message };
        }

        Waiting.RemoveAll(waiting => waiting.Phase == phase.Phase);
    }

    private void Move(NodeProgress node)
    {
        var index = Nodes.FindIndex(line => line.Node == node.Node);
        var line = new NodeLine(node.Node, node.State, node.Detail, node.Time);
        if (index < 0)
        {
            Nodes.Add(line);
        }
        else
        {
            // How long a node has been in a state counts from when it entered it, not from the last word of it.
            Nodes[index] = Nodes[index].State == node.State ? line with { Since = Nodes[index].Since } : line;
        }
    }

    internal sealed record PhaseLine(string Phase, string Title, int Number, DateTimeOffset Since)
    {
        /// <summary>Null while it runs.</summary>
        public PhaseOutcome? Outcome { get; init; }

        public TimeSpan Elapsed { get; init; }

        public string? Message { get; init; }
    }

    internal sealed record NodeLine(string Node, string State, string? Detail, DateTimeOffset Since);
}
