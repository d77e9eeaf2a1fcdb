namespace Slipway.Kernel.Tests.Machine;

/// <summary>All of this is about the kernel; without the right to ask it for anything it fails, and says why.</summary>
internal static class Root
{
    public static void Demand()
    {
        if (Libc.EffectiveUser() != 0)
        {
            throw new InvalidOperationException("programs are loaded into the kernel here, and network namespaces made: run this as root");
        }
    }
}
