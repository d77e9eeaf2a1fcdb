namespace Slipway.Kernel.Tests;

public sealed class KernelTests
{
    [Fact]
    public void The_kernel_carries_type_information_for_relocations()
        => Assert.True(File.Exists("/sys/kernel/btf/vmlinux"), "these tests run on a kernel with CONFIG_DEBUG_INFO_BTF");
}
