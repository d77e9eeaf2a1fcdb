namespace Slipway.Xdp.Interop;

/// <summary>The kernel's tick (a jiffy), in which the program reads the clock.</summary>
public static unsafe class KernelTicks
{
    private const int CoarseMonotonic = 6; // CLOCK_MONOTONIC_COARSE: advances once a tick

    /// <summary>HZ: 250 on Talos and Debian.</summary>
    public static int PerSecond { get; } = Measure();

    private static int Measure()
    {
        var resolution = stackalloc long[2];
        return Libc.ClockResolution(CoarseMonotonic, resolution) == 0 && resolution[1] > 0
            ? (int)Math.Round(1e9 / resolution[1])
            : 250;
    }
}
