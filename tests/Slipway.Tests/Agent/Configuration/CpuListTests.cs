using CsCheck;
using Slipway.Agent.Configuration;

namespace Slipway.Tests.Agent.Configuration;

public sealed class CpuListTests
{
    [Theory]
    [InlineData(new[] { 0 }, "1")]
    [InlineData(new[] { 0, 1, 31 }, "80000003")]
    [InlineData(new[] { 32 }, "1,00000000")]
    [InlineData(new[] { 1, 64 }, "1,00000000,00000002")]
    [InlineData(new int[0], "0")]
    public void A_mask_is_written_as_sysfs_reads_it(int[] cpus, string mask) => Assert.Equal(mask, CpuList.Mask(cpus));

    [Fact]
    public void Any_list_is_read_back_as_the_set_that_it_names() =>
        Gen.Int[0, 200].Array[1, 20].Sample(cpus =>
            CpuList.TryParse(string.Join(',', cpus), 256, out var read) && read.SequenceEqual(cpus.Distinct().Order()));

    [Theory]
    [InlineData("")]
    [InlineData("1-2-3")]
    [InlineData("-1")]
    [InlineData("256")]
    [InlineData("a")]
    public void What_is_no_list_is_refused(string text) => Assert.False(CpuList.TryParse(text, 256, out _));
}
