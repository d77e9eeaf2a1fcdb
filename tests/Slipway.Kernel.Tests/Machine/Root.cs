namespace Slipway.Kernel.Tests.Machine;

/// <summary>These tests are about the kernel; without the right to ask it for anything they fail, and say why.</summary>
internal static class Root
{
    public static void Demand() =>
        Assert.True(Libc.EffectiveUser() == 0, "the kernel's tests load programs and make network namespaces: run them as root");
}
