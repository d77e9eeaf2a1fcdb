using System.Text.Json;
using System.Xml.Linq;
using Slipway.Core.Failures;
using Slipway.Extension.Building;
using Slipway.Extension.Checking;
using Slipway.Extension.Oci;
using Slipway.Tests.Architecture;

namespace Slipway.Tests.Extension.Building;

public sealed class ExtensionBuilderTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_same_parts_give_the_same_bytes_as_a_tar_and_as_a_folder()
    {
        foreach (var name in (string[])["a.tar", "b.tar", "a", "b"])
        {
            await LayoutWriter.WriteAsync(SampleParts.Image(), _folder[name], TestContext.Current.CancellationToken);
        }

        Assert.Equal(File.ReadAllBytes(_folder["a.tar"]), File.ReadAllBytes(_folder["b.tar"]));
        var files = Directory.GetFiles(_folder["a"], "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(_folder["a"], file)).ToList();
        Assert.Equal(5, files.Count);
        Assert.All(files, file => Assert.Equal(File.ReadAllBytes(Path.Combine(_folder["a"], file)), File.ReadAllBytes(Path.Combine(_folder["b"], file))));
    }

    [Fact]
    public void Another_agent_gives_another_image()
    {
        var other = ExtensionBuilder.Build(SampleParts.Content("another"), ExtensionBuilder.DefaultReference);

        Assert.NotEqual(SampleParts.Image().Manifest.Descriptor.Digest, other.Manifest.Descriptor.Digest);
    }

    [Theory]
    [InlineData("image.tar")]
    [InlineData("image")]
    public async Task What_is_built_is_what_Talos_takes(string name)
    {
        await LayoutWriter.WriteAsync(SampleParts.Image(), _folder[name], TestContext.Current.CancellationToken);

        var report = ExtensionChecker.Check(name, _folder[name], new(1, 14, 0, "rc.1"), CheckLimits.Default);

        Assert.Empty(report.Findings);
        var image = Assert.Single(report.Images);
        Assert.Equal(["ext-slipway-xdp"], image.Services);
        Assert.Equal("slipway-xdp", image.Extension!.Name);
        Assert.Equal(["1.10", "1.11", "1.12", "1.13", "1.14"], image.TalosLines);
    }

    [Fact]
    public async Task Skopeo_reads_the_image()
    {
        await LayoutWriter.WriteAsync(SampleParts.Image(), _folder["image.tar"], TestContext.Current.CancellationToken);

        using var inspected = JsonDocument.Parse(await OtherProgram.RunAsync("skopeo", "inspect", $"oci-archive:{_folder["image.tar"]}"));

        Assert.Equal("amd64", inspected.RootElement.GetProperty("Architecture").GetString());
        Assert.Equal("slipway-xdp", inspected.RootElement.GetProperty("Labels").GetProperty("org.opencontainers.image.title").GetString());
        Assert.Equal(">= v1.10.0", inspected.RootElement.GetProperty("Labels").GetProperty("dev.slipway.talos.compatibility").GetString());
        Assert.Equal(SampleParts.Image().Manifest.Descriptor.Digest, inspected.RootElement.GetProperty("Digest").GetString());
    }

    [Fact]
    public async Task Umoci_unpacks_the_image_to_the_files_that_Talos_looks_for()
    {
        await LayoutWriter.WriteAsync(SampleParts.Image(), _folder["layout"], TestContext.Current.CancellationToken);

        await OtherProgram.RunAsync("umoci", "unpack", "--rootless", "--image", $"{_folder["layout"]}:{ExtensionBuilder.DefaultReference.Tag}", _folder["bundle"]);

        var root = Path.Combine(_folder["bundle"], "rootfs");
        Assert.Equal(["manifest.yaml", "rootfs"], Directory.GetFileSystemEntries(root).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        var container = Path.Combine(root, "rootfs/usr/local/lib/containers/slipway-xdp");
        Assert.Equal(SampleParts.Content().Agent.ToArray(), File.ReadAllBytes(Path.Combine(container, "usr/bin/xdp-agent")));
        Assert.True(File.GetUnixFileMode(Path.Combine(container, "usr/bin/xdp-agent")).HasFlag(UnixFileMode.OtherExecute));
        Assert.True(File.Exists(Path.Combine(container, "usr/lib/slipway/solana_xdp.bpf.o")));
        Assert.Equal(
            File.ReadAllText(Path.Combine(SourceTree.Root, "image/rootfs/usr/local/etc/containers/slipway-xdp.yaml")),
            File.ReadAllText(Path.Combine(root, "rootfs/usr/local/etc/containers/slipway-xdp.yaml")));
    }

    [Fact]
    public void A_dynamic_agent_and_a_filter_that_is_none_are_both_told()
    {
        var content = SampleParts.Content(dynamicAgent: true) with { XdpObject = "no"u8.ToArray() };

        var error = Assert.Throws<BadInputException>(() => ExtensionBuilder.Build(content, ExtensionBuilder.DefaultReference));

        Assert.Equal(["xdp-agent", "solana_xdp.bpf.o"], error.Diagnostics.Select(finding => finding.File));
        Assert.Contains("no libc", error.Diagnostics[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_extension_has_the_version_that_everything_else_has()
    {
        var properties = XDocument.Load(Path.Combine(SourceTree.Root, "src/Directory.Build.props"));

        Assert.Equal(properties.Descendants("Version").Single().Value, ExtensionBuilder.DefaultReference.Tag);
    }

    [Fact]
    public async Task A_folder_with_other_files_is_left_alone()
    {
        Directory.CreateDirectory(_folder["mine"]);
        await File.WriteAllTextAsync(Path.Combine(_folder["mine"], "notes.txt"), "mine", TestContext.Current.CancellationToken);

        var error = await Assert.ThrowsAsync<SlipwayException>(() => LayoutWriter.WriteAsync(SampleParts.Image(), _folder["mine"], TestContext.Current.CancellationToken));

        Assert.Equal(FailureReason.Unsafe, error.Reason);
        Assert.Equal(["notes.txt"], Directory.GetFileSystemEntries(_folder["mine"]).Select(Path.GetFileName));
    }
}
