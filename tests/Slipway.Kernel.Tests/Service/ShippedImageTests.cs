using Slipway.Extension.Building;
using Slipway.Extension.Checking;

namespace Slipway.Kernel.Tests.Service;

/// <summary>Facts about the image that ships.</summary>
[Collection(nameof(Shipped))]
public sealed class ShippedImageTests(ShippedExtension shipped)
{
    private const int LargestImage = 4_000_000;

    [Fact]
    public void Sources_in_another_folder_give_the_same_agent_the_same_filter_and_the_same_image()
    {
        Assert.True(Same(shipped.Built.XdpObject, shipped.BuiltElsewhere.XdpObject), "the filter's object depends on where it is compiled");
        Assert.True(Same(shipped.Built.Agent, shipped.BuiltElsewhere.Agent), "the agent depends on where it is compiled");
        Assert.True(Same(shipped.Tar, shipped.TarOfElsewhere), "the image is another");
    }

    [Fact]
    public void The_image_is_below_4_MB_and_the_agent_needs_no_loader()
    {
        Assert.InRange(new FileInfo(shipped.Tar).Length, 1, LargestImage);
        Assert.True(ElfFile.TryRead(File.ReadAllBytes(shipped.Built.Agent), out var agent));
        Assert.False(agent.NeedsInterpreter);
    }

    [Fact]
    public void It_passes_the_check_without_a_finding()
    {
        var report = ExtensionChecker.Check("image.tar", shipped.Tar, new(1, 14, 0), CheckLimits.Default);

        Assert.Empty(report.Findings);
        Assert.Equal(["ext-slipway-xdp"], Assert.Single(report.Images).Services);
    }

    private static bool Same(string left, string right) => File.ReadAllBytes(left).AsSpan().SequenceEqual(File.ReadAllBytes(right));
}
