using Slipway.Engine.Ports;
using Slipway.Engine.Reporting;

namespace Slipway.Cli.Reporting;

/// <summary>--progress none: only the result is told.</summary>
internal sealed class NoReporter : IReporter
{
    public void Report(RunEvent runEvent)
    {
    }
}
