using Slipway.Engine.Reporting;

namespace Slipway.Engine.Ports;

/// <summary>Where the events of a run go. Called from several tasks at once; must not block for long and never throws.</summary>
public interface IReporter
{
    void Report(RunEvent runEvent);
}
