using Slipway.Engine.Ports;
using Slipway.Engine.Reporting;
using Slipway.Rehearsal;

namespace Slipway.Cli.Composition;

/// <summary>Tells rehearsed machines how far the run is, so that faults can strike as a phase begins.</summary>
internal sealed class PhaseFaults(RehearsalHost machines) : IReporter
{
    public void Report(RunEvent runEvent)
    {
        if (runEvent is PhaseStarted started)
        {
            machines.BeginPhase(started.Phase);
        }
    }
}
