using System.Runtime.InteropServices;

namespace Slipway.Kernel.Tests.Machine;

/// <summary>System calls for making namespaces; see the section 2 manual page of each.</summary>
internal static partial class Libc
{
    public const int NewNetwork = 0x40000000; // CLONE_NEWNET

    [LibraryImport("libc.so.6", EntryPoint = "unshare", SetLastError = true)]
    public static partial int Unshare(int flags);

    [LibraryImport("libc.so.6", EntryPoint = "gettid")]
    public static partial int ThreadId();

    [LibraryImport("libc.so.6", EntryPoint = "geteuid")]
    public static partial uint EffectiveUser();
}
