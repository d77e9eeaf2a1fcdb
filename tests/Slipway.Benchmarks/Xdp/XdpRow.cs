namespace Slipway.Benchmarks.Xdp;

/// <summary>What a packet costs somewhere.</summary>
/// <param name="Name">The program and the packet.</param>
/// <param name="Nanoseconds">A packet, as the mean of the faster half of all rounds.</param>
/// <param name="OverBare">More than a program that does nothing on the same packets.</param>
/// <param name="Ratio">Of <paramref name="OverBare"/> to xdp-filter's with all features on the same packets; null where that is not the question.</param>
internal sealed record XdpRow(string Name, double Nanoseconds, double OverBare, double? Ratio);
