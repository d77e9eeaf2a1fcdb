using CsCheck;
using Slipway.Core.Failures;
using Slipway.Core.Spec;

namespace Slipway.Tests.Spec;

public sealed class NodeRangeTests
{
    [Theory]
    [InlineData("10.0.0.11", "10.0.0.11")]
    [InlineData("10.0.0.11-13,10.0.0.21", "10.0.0.11 10.0.0.12 10.0.0.13 10.0.0.21")]
    [InlineData("10.0.0.254-10.0.1.1", "10.0.0.254 10.0.0.255 10.0.1.0 10.0.1.1")]
    [InlineData(" cp-1.example.org , FD00::0:11 ", "cp-1.example.org fd00::11")]
    [InlineData("10.0.0.7-7", "10.0.0.7")]
    public void Ranges_expand_in_order(string text, string expected) =>
        Assert.Equal(expected.Split(' '), NodeRange.Expand(text));

    [Theory]
    [InlineData("", "an empty name between commas")]
    [InlineData("10.0.0.1,,10.0.0.2", "an empty name between commas")]
    [InlineData("10.0.0.13-11", "range '10.0.0.13-11' runs backwards")]
    [InlineData("10.0.0.11-256", "range '10.0.0.11-256' has no end that can be read")]
    [InlineData("10.0.0.11-x", "range '10.0.0.11-x' has no end that can be read")]
    [InlineData("10.0.0.1-10.9.0.1", "has 589825 addresses")]
    [InlineData("0.0.0.0-255.255.255.255", "has 4294967296 addresses")]
    [InlineData("10.0.0.1,10.0.0.1-2", "10.0.0.1 is named twice")]
    [InlineData("fd00::1,FD00:0::1", "fd00::1 is named twice")]
    [InlineData("10.0.0.0/24", "'10.0.0.0/24' is neither an address, a range nor a DNS name")]
    [InlineData("10.0.0.1.2", "'10.0.0.1.2' is neither an address, a range nor a DNS name")]
    [InlineData("10.0.0.1-250,10.1.0.1-250,10.2.0.1-250,10.3.0.1-250,10.4.0.1-250", "more than 1024 nodes")]
    public void What_cannot_be_meant_is_refused(string text, string expected)
    {
        var error = Assert.Throws<SlipwayException>(() => NodeRange.Expand(text));

        Assert.Equal(FailureReason.BadInput, error.Reason);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_text_is_expanded_or_refused() =>
        Gen.String[Gen.Char["0123456789.-,:abx/ "], 0, 40].Sample(text =>
        {
            try
            {
                return NodeRange.Expand(text).Count is > 0 and <= NodeRange.Most;
            }
            catch (SlipwayException)
            {
                return true;
            }
        });
}
