using System.Runtime.InteropServices;

namespace Slipway.Xdp.Interop;

/// <summary>Waits until no CPU runs a program that may have read what was there before.</summary>
internal static unsafe class GracePeriod
{
    private const int Global = 1; // MEMBARRIER_CMD_GLOBAL, which is synchronize_rcu() inside
    private const int LongestPacketMilliseconds = 20;

    private static readonly nint s_callNumber = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 283 : 324;

    /// <summary>Blocks for some milliseconds; afterwards every packet is judged by what was written before the call.</summary>
    public static void Pass()
    {
        // Kernels with nohz_full CPUs refuse; there the time that bpf/README.md asks for has to do.
        if (Libc.Syscall(s_callNumber, Global, 0, 0) != 0)
        {
            _ = Libc.Poll(null, 0, LongestPacketMilliseconds);
        }
    }
}
