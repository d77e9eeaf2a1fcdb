using System.Net;
using CsCheck;
using Slipway.Core.Spec.Formats;

namespace Slipway.Tests.Spec.Formats;

public sealed class CidrTests
{
    private static readonly Gen<Cidr> Any = Gen.OneOf(
        Gen.Select(Gen.Byte.Array[4], Gen.Int[0, 32], (bytes, prefix) => new Cidr(new IPAddress(bytes), prefix)),
        Gen.Select(Gen.Byte.Array[16].Where(bytes => !new IPAddress(bytes).IsIPv4MappedToIPv6), Gen.Int[0, 128], (bytes, prefix) => new Cidr(new IPAddress(bytes), prefix)));

    [Fact]
    public void A_network_holds_its_address_and_has_no_host_bits() =>
        Any.Sample(cidr => !cidr.Network.HasHostBits && cidr.Network.Contains(cidr.Address) && cidr.Network.Contains(cidr));

    [Fact]
    public void What_is_printed_is_read_as_the_same() =>
        Any.Sample(cidr => Cidr.TryParse(cidr.ToString(), out var read) && read == cidr);

    [Fact]
    public void Two_networks_overlap_when_one_holds_the_other_and_only_then() =>
        Gen.Select(Any, Any).Sample((a, b) => a.Overlaps(b) == (a.Network.Contains(b.Network) || b.Network.Contains(a.Network)) && a.Overlaps(b) == b.Overlaps(a));

    [Theory]
    [InlineData("10.0.0.0/8", "10.255.255.255", true)]
    [InlineData("10.0.0.0/8", "11.0.0.0", false)]
    [InlineData("10.0.0.11/32", "10.0.0.11", true)]
    [InlineData("0.0.0.0/0", "203.0.113.9", true)]
    [InlineData("::/0", "203.0.113.9", false)]
    [InlineData("0.0.0.0/0", "fd00::1", false)]
    [InlineData("fd00::/64", "fd00::ffff:ffff:ffff:ffff", true)]
    [InlineData("fd00::/64", "fd00:0:0:1::", false)]
    public void An_address_is_inside_or_not(string network, string address, bool inside)
    {
        Assert.True(Cidr.TryParse(network, out var cidr));
        Assert.Equal(inside, cidr.Contains(IPAddress.Parse(address)));
    }

    [Theory]
    [InlineData("10.0.0.0")]
    [InlineData("10.0.0/8")]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0.0/-1")]
    [InlineData("10.0.0.0/08")]
    [InlineData("10.0.0.0/8/8")]
    [InlineData("010.0.0.0/8")]
    [InlineData("0x0a.0.0.0/8")]
    [InlineData("fe80::1%eth0/64")]
    [InlineData("[fd00::]/64")]
    [InlineData("fd00::/129")]
    [InlineData("/8")]
    public void Loose_spellings_are_refused(string text) => Assert.False(Cidr.TryParse(text, out _));
}
