using Slipway.Engine.Ports;

namespace Slipway.Engine.Reporting;

/// <summary>Several reporters as one, in order.</summary>
public sealed class CompositeReporter(params IReadOnlyList<IReporter> reporters) : IReporter
{
    public void Report(RunEvent runEvent)
    {
        foreach (var reporter in reporters)
        {
            reporter.Report(runEvent);
        }
    }
}
