using System.Runtime.InteropServices;

namespace Slipway.Benchmarks.Measuring;

/// <summary>Where figures were taken.</summary>
internal sealed record Machine(string System, string Runtime, int Cores)
{
    public static Machine This() => new(RuntimeInformation.OSDescription, RuntimeInformation.FrameworkDescription, Environment.ProcessorCount);

    public override string ToString() => $"{Runtime} on {System}, {Cores} cores";
}
