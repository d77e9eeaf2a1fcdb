using Slipway.Rehearsal;

namespace Slipway.Tests.Rehearsal.Faults;

public sealed class FaultTextTests
{
    [Fact]
    public void Every_form_is_read()
    {
        Assert.Equal(new Fault { Kind = FaultKind.CutAfter, Method = "ApplyConfiguration", Node = "cp1" }, FaultText.Parse("cut-after:ApplyConfiguration@cp1"));
        Assert.Equal(new Fault { Kind = FaultKind.CutBefore, Method = "Bootstrap", Node = null, Times = 3 }, FaultText.Parse("cut-before:Bootstrap@*x3"));
        Assert.Equal(new Fault { Kind = FaultKind.CutBefore, Method = null, Node = "cp1", Skip = 40, Times = 2 }, FaultText.Parse("cut-before:*@cp1+40x2"));
        Assert.Equal(new Fault { Kind = FaultKind.NeverBack, Node = "w1" }, FaultText.Parse("never-back:w1"));
        Assert.Equal(new Fault { Kind = FaultKind.Slow, Node = "w2", Factor = 10 }, FaultText.Parse("slow:w2:10"));
        Assert.Equal(new Fault { Kind = FaultKind.WrongCertificate, Node = "cp2" }, FaultText.Parse("wrong-cert:cp2"));
        Assert.Equal(new Fault { Kind = FaultKind.DiskFull, Node = "w1" }, FaultText.Parse("disk-full:w1"));
        Assert.Equal(new Fault { Kind = FaultKind.WrongUuid, Node = "cp3" }, FaultText.Parse("wrong-uuid:cp3"));
        Assert.Equal(new Fault { Kind = FaultKind.NetworkCutsOff, Node = "w1" }, FaultText.Parse("network-cuts-off:w1"));
        Assert.Equal(new Fault { Kind = FaultKind.File, Path = "/proc/cmdline", Content = "pti=on quiet", Node = "w1" }, FaultText.Parse("file:/proc/cmdline=pti=on quiet@w1"));
        Assert.Equal(new Fault { Kind = FaultKind.File, Path = "/sys/kernel/btf/vmlinux", Content = null, Node = null }, FaultText.Parse("file:/sys/kernel/btf/vmlinux@*"));
        Assert.Equal(new Fault { Kind = FaultKind.Ailment, Ailment = Ailment.LowMtu, Node = "w1" }, FaultText.Parse("ail:low-mtu@w1"));
        Assert.Equal(
            new Fault { Kind = FaultKind.ApiAway, Away = TimeSpan.FromSeconds(120), After = TimeSpan.FromMinutes(1) },
            FaultText.Parse("api-away:120s@1m"));
    }

    [Fact]
    public void Every_form_may_wait_for_a_phase()
    {
        Assert.Equal(new Fault { Kind = FaultKind.NeverBack, Node = "w1", Phase = "cilium" }, FaultText.Parse("never-back:w1!cilium"));
        Assert.Equal(new Fault { Kind = FaultKind.CutBefore, Times = 2, Phase = "control-plane" }, FaultText.Parse("cut-before:*@*x2!control-plane"));
        Assert.Equal(
            new Fault { Kind = FaultKind.ApiAway, Away = TimeSpan.FromSeconds(120), After = TimeSpan.Zero, Phase = "policies" },
            FaultText.Parse("api-away:120s@0s!policies"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("slow")]
    [InlineData("slow:w2")]
    [InlineData("slow:w2:fast")]
    [InlineData("slow:w2:-1")]
    [InlineData("slow:w2:NaN")]
    [InlineData("cut-after:ApplyConfiguration")]
    [InlineData("cut-after:@cp1")]
    [InlineData("explode:cp1")]
    [InlineData("never-back:")]
    [InlineData("never-back:CP 1")]
    [InlineData("file:w1")]
    [InlineData("file:proc/cmdline=x@w1")]
    [InlineData("ail:w1")]
    [InlineData("ail:old-age@w1")]
    [InlineData("ail:low-mtu@W 1")]
    [InlineData("api-away:soon")]
    [InlineData("api-away:1s@2s@3s")]
    [InlineData("api-away:99999999999s")]
    [InlineData("never-back:w1!")]
    [InlineData("never-back:w1!Cilium 2")]
    public void Anything_else_is_refused_with_what_was_expected(string text)
    {
        var error = Assert.Throws<FormatException>(() => FaultText.Parse(text));
        Assert.Contains($"'{text}'", error.Message, StringComparison.Ordinal);
        Assert.Contains("expected", error.Message, StringComparison.Ordinal);
    }
}
