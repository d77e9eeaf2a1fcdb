using CsCheck;
using Slipway.Core.Spec;

namespace Slipway.Tests.Spec;

public sealed class CpuSetTests
{
    [Theory]
    [InlineData("0-3,8", "0-3,8", "10f")]
    [InlineData("7,5,6,5", "5-7", "e0")]
    [InlineData("0,32-33", "0,32-33", "3,00000001")]
    [InlineData("64", "64", "1,00000000,00000000")]
    public void A_list_is_read_and_written_as_the_kernel_has_it(string text, string list, string mask)
    {
        var cpus = CpuSet.Parse(text);

        Assert.Equal((list, mask), (cpus.ToString(), cpus.ToMask()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("3-1")]
    [InlineData("1-2-3")]
    [InlineData("-1")]
    [InlineData("0, 1")]
    [InlineData("8192")]
    [InlineData("0-99999999999")]
    [InlineData("a")]
    public void What_is_no_list_is_not_read(string text) => Assert.False(CpuSet.TryParse(text, out _));

    [Fact]
    public void Written_and_read_again_a_set_is_the_same() =>
        Gen.Int[0, 300].HashSet[1, 40].Sample(cpus => CpuSet.Parse(new CpuSet(cpus).ToString()).Equals(new CpuSet(cpus)));

    [Fact]
    public void A_mask_has_a_bit_for_each_CPU() => Gen.Int[0, 300].HashSet[1, 40].Sample(cpus =>
        new CpuSet(cpus).ToMask().Replace(",", "", StringComparison.Ordinal).Reverse()
            .SelectMany((digit, index) => Enumerable.Range(0, 4).Where(bit => (Convert.ToInt32(digit.ToString(), 16) >> bit & 1) == 1).Select(bit => index * 4 + bit))
            .ToHashSet().SetEquals(cpus));
}
