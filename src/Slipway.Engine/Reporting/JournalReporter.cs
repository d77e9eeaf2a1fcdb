using Slipway.Engine.Ports;

namespace Slipway.Engine.Reporting;

/// <summary>Writes every event of a run into its journal, beside the effects.</summary>
public sealed class JournalReporter(IJournal journal) : IReporter
{
    /// <summary>The kind of the note that marks a run as ended, well or not.</summary>
    public const string Finished = "run-finished";

    public void Report(RunEvent runEvent) => journal.Note(runEvent is RunFinished ? Finished : "event", runEvent);
}
