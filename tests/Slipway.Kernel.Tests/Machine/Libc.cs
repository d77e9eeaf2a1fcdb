using System.Runtime.InteropServices;

namespace Slipway.Kernel.Tests.Machine;

/// <summary>System calls for making namespaces; see the section 2 manual page of each.</summary>
internal static unsafe partial class Libc
{
    public const int NewNetwork = 0x40000000; // CLONE_NEWNET

    [LibraryImport("libc.so.6", EntryPoint = "unshare", SetLastError = true)]
    public static partial int Unshare(int flags);

    [LibraryImport("libc.so.6", EntryPoint = "gettid")]
    public static partial int ThreadId();

    [LibraryImport("libc.so.6", EntryPoint = "geteuid")]
    public static partial uint EffectiveUser();

    /// <summary>Binds the calling thread to one CPU.</summary>
    public static void StayOn(int cpu)
    {
        var mask = 1ul << cpu;
        Check(SetAffinity(0, sizeof(ulong), &mask), $"staying on CPU {cpu}");
    }

    /// <summary>Gives the calling thread its CPU before all ordinary ones (SCHED_FIFO), or with 0 makes it ordinary again.</summary>
    public static void Before(int priority) =>
        Check(SetScheduler(0, priority > 0 ? 1 : 0, &priority), $"running at priority {priority}");

    private static void Check(int result, string what)
    {
        if (result != 0)
        {
            throw new InvalidOperationException($"{what}: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    [LibraryImport("libc.so.6", EntryPoint = "sched_setscheduler", SetLastError = true)]
    private static partial int SetScheduler(int thread, int policy, int* priority);

    [LibraryImport("libc.so.6", EntryPoint = "sched_setaffinity", SetLastError = true)]
    private static partial int SetAffinity(int thread, nuint size, ulong* mask);
}
