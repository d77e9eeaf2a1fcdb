namespace Slipway.Benchmarks.Scale;

/// <summary>One rehearsal. Its machines, its Kubernetes API and Slipway share the process: the figures are of all three together.</summary>
/// <param name="RunSeconds">The whole run, in virtual time.</param>
/// <param name="SlowestNodeSeconds">Virtual time from the config's arrival to the boot from disk, of the node that took longest.</param>
/// <param name="CpuSeconds">User and system, without helm.</param>
/// <param name="HelmCpuSeconds">helm's own.</param>
/// <param name="WallSeconds">Real time; depends on what else the machine does.</param>
/// <param name="PeakBytes">Peak resident set.</param>
/// <param name="Effects">Effects that the run had.</param>
/// <param name="Phases">Virtual seconds of each phase.</param>
internal sealed record ScaleRow(
    int Nodes,
    double RunSeconds,
    double SlowestNodeSeconds,
    double CpuSeconds,
    double HelmCpuSeconds,
    double WallSeconds,
    long PeakBytes,
    int Effects,
    IReadOnlyDictionary<string, double> Phases)
{
    public double Ratio => Math.Round(RunSeconds / SlowestNodeSeconds, 2);

    public double CpuMillisecondsPerNode => Math.Round(1000 * CpuSeconds / Nodes, 1);

    public long PeakBytesPerNode => PeakBytes / Nodes;
}
