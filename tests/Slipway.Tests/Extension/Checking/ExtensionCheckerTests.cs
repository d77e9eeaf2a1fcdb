using System.Formats.Tar;
using Slipway.Core.Diagnostics;
using Slipway.Core.Versions;
using Slipway.Extension.Checking;
using Slipway.Extension.Oci;

namespace Slipway.Tests.Extension.Checking;

public sealed class ExtensionCheckerTests : IDisposable
{
    private const string Service = "name: s\ncontainer:\n  entrypoint: ./run\nrestart: always\n";
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_extension_of_files_alone_is_sound()
    {
        var report = await CheckAsync(HandmadeImage.Sound().File("rootfs/usr/lib/firmware/nic.bin", "x").Link("rootfs/usr/lib/firmware/nic2.bin", "nic.bin"));

        Assert.Empty(report.Findings);
        Assert.Equal("sample", Assert.Single(report.Images).Extension!.Name);
    }

    [Theory]
    [InlineData("rootfs/boot/vmlinuz", "Talos allows no extension")]
    [InlineData("rootfs/lib/firmware/x", "since Talos 1.10 it is /usr/lib/firmware/x")]
    [InlineData("etc/passwd", "refuses anything at the top")]
    [InlineData("rootfs/../../etc/passwd", "leads out of the image")]
    [InlineData("/rootfs/usr/local/x", "leads out of the image")]
    public async Task A_path_that_Talos_refuses_is_an_error(string path, string words)
    {
        var top = path.StartsWith("etc/", StringComparison.Ordinal) ? HandmadeImage.Sound().Folder("etc/") : HandmadeImage.Sound();

        Demand(await CheckAsync(top.File(path)), words);
    }

    [Fact]
    public async Task Devices_and_pipes_are_errors()
    {
        var report = await CheckAsync(HandmadeImage.Sound().Special(TarEntryType.Fifo, "rootfs/usr/local/p").Special(TarEntryType.CharacterDevice, "rootfs/usr/local/c"));

        Assert.Equal(2, report.Findings.Count(finding => finding.Message.Contains("device", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_file_behind_a_link_is_an_error() =>
        Demand(await CheckAsync(HandmadeImage.Sound().Link("rootfs/usr/local/a", "/etc").File("rootfs/usr/local/a/passwd")), "lies behind the link");

    [Fact]
    public async Task A_link_out_of_the_root_is_an_error() =>
        Demand(await CheckAsync(HandmadeImage.Sound().Link("rootfs/usr/local/a", "../../../../etc/shadow")), "leads out of the root");

    [Fact]
    public async Task A_hard_link_to_nothing_is_an_error() =>
        Demand(await CheckAsync(HandmadeImage.Sound().HardLink("rootfs/usr/local/a", "../../etc/shadow")), "hard link");

    [Fact]
    public async Task A_name_that_is_there_twice_is_an_error() =>
        Demand(await CheckAsync(HandmadeImage.Sound().File("rootfs/usr/local/a", "1").File("./rootfs/usr/local//a", "2")), "twice");

    [Fact]
    public async Task What_everybody_may_write_is_a_warning()
    {
        var report = await CheckAsync(HandmadeImage.Sound().File("rootfs/usr/local/a", "", (UnixFileMode)0b110_110_110));

        Assert.True(report.Valid);
        Assert.Contains("everybody may write", Assert.Single(report.Findings).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("version: v1alpha1", "version: v2", "manifests of version 'v2'")]
    [InlineData("  name: sample\n", "", "is missing")]
    [InlineData(">= v1.12.0", ">= v1.12", "cannot read this range")]
    public async Task A_manifest_that_Talos_cannot_read_is_an_error(string from, string to, string words)
    {
        var report = await CheckAsync(HandmadeImage.Sound(HandmadeImage.Manifest.Replace(from, to, StringComparison.Ordinal)));

        Assert.False(report.Valid);
        Assert.Contains(report.Findings, finding => finding.File.EndsWith("/manifest.yaml", StringComparison.Ordinal) && finding.Message.Contains(words, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("v1.12.0-alpha.1", true)]
    [InlineData("v1.11.9", false)]
    public async Task The_range_holds_for_the_version_without_its_prerelease(string talos, bool valid)
    {
        await HandmadeImage.Sound().WriteAsync(_folder["image"]);

        Assert.Equal(valid, ExtensionChecker.Check("image", _folder["image"], ReleaseVersion.Parse(talos), CheckLimits.Default).Valid);
    }

    [Fact]
    public async Task A_service_whose_program_is_missing_or_not_executable_is_an_error()
    {
        Demand(await CheckAsync(HandmadeImage.Sound().File("rootfs/usr/local/etc/containers/s.yaml", Service)), "no root file system");
        Demand(await CheckAsync(HandmadeImage.Sound().File("rootfs/usr/local/etc/containers/s.yaml", Service).File("rootfs/usr/local/lib/containers/s/other")), "entrypoint is not there");
        Demand(await CheckAsync(HandmadeImage.Sound().File("rootfs/usr/local/etc/containers/s.yaml", Service).File("rootfs/usr/local/lib/containers/s/run")), "not executable");
    }

    [Fact]
    public async Task A_service_that_Talos_would_drop_without_a_word_is_an_error() =>
        Demand(await CheckAsync(HandmadeImage.Sound().File("rootfs/usr/local/etc/containers/s.yaml", Service.Replace("always", "allways", StringComparison.Ordinal))), "no restart policy");

    [Fact]
    public void A_second_layer_hides_files_of_the_first()
    {
        var scanner = new TarScanner(new MemoryStream(HandmadeImage.Sound().File("rootfs/usr/local/a").File("rootfs/usr/local/d/b").Layer()));
        var above = new TarScanner(new MemoryStream(new HandmadeImage().File("rootfs/usr/local/.wh.a").File("rootfs/usr/local/d/.wh..wh..opq").File("rootfs/usr/local/d/c").Layer()));
        var tree = new FileTree(new FindingList("image"), CheckLimits.Default);

        tree.Add(scanner);
        tree.Add(above);

        Assert.Equal(["manifest.yaml", "rootfs", "rootfs/usr/local/d/c"], tree.Entries.Select(entry => entry.Path));
    }

    [Fact]
    public async Task A_bomb_ends_at_the_limit()
    {
        await HandmadeImage.WriteAsync(_folder["image"], HandmadeImage.Sound().File("rootfs/usr/local/zeros", new string('\0', 3_000_000)).Layer());

        Demand(ExtensionChecker.Check("image", _folder["image"], null, new CheckLimits { Unpacked = 1_000_000 }), "more than 1,000,000 bytes");
    }

    [Fact]
    public async Task A_header_that_claims_gigabytes_is_not_believed()
    {
        var layer = HandmadeImage.Sound().Layer();
        // The size field of the first entry, an extended header: 8 GB less one, and the sum made right again.
        "77777777777"u8.CopyTo(layer.AsSpan(124));
        layer.AsSpan(148, 8).Fill((byte)' ');
        System.Text.Encoding.ASCII.GetBytes(Convert.ToString(layer.Take(512).Sum(value => value), 8).PadLeft(6, '0') + "\0 ").CopyTo(layer, 148);
        await HandmadeImage.WriteAsync(_folder["image"], layer);

        Demand(ExtensionChecker.Check("image", _folder["image"], null, CheckLimits.Default), "where at most");
    }

    [Fact]
    public async Task An_image_cut_off_anywhere_is_findings_and_nothing_else()
    {
        await HandmadeImage.Sound().File("rootfs/usr/local/a", new string('x', 2000)).WriteAsync(_folder["whole.tar"]);
        var whole = File.ReadAllBytes(_folder["whole.tar"]);
        // What follows the last file's content is zeros only: an archive without them is whole to everybody.
        for (var length = 0; length < whole.Length - 1024 - 512; length += 97)
        {
            await File.WriteAllBytesAsync(_folder["cut.tar"], whole[..length], TestContext.Current.CancellationToken);
            Assert.False(ExtensionChecker.Check("cut.tar", _folder["cut.tar"], null, CheckLimits.Default).Valid);
        }
    }

    [Fact]
    public async Task A_changed_byte_anywhere_in_a_blob_is_found()
    {
        await HandmadeImage.Sound().WriteAsync(_folder["image"]);
        foreach (var blob in Directory.GetFiles(Path.Combine(_folder["image"], "blobs/sha256")))
        {
            var sound = await File.ReadAllBytesAsync(blob, TestContext.Current.CancellationToken);
            for (var at = 0; at < sound.Length; at += 7)
            {
                var broken = sound.ToArray();
                broken[at] ^= 0x20;
                await File.WriteAllBytesAsync(blob, broken, TestContext.Current.CancellationToken);
                Assert.False(ExtensionChecker.Check("image", _folder["image"], null, CheckLimits.Default).Valid);
            }

            await File.WriteAllBytesAsync(blob, sound, TestContext.Current.CancellationToken);
        }
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"schemaVersion\":2,\"manifests\":null}")]
    [InlineData("{\"schemaVersion\":2,\"manifests\":[null]}")]
    [InlineData("{\"schemaVersion\":2,\"manifests\":[{\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"digest\":\"sha256:../../../../etc/passwd\",\"size\":1}]}")]
    public async Task An_index_that_is_none_is_an_error(string index)
    {
        await HandmadeImage.Sound().WriteAsync(_folder["image"]);
        await File.WriteAllTextAsync(Path.Combine(_folder["image"], LayoutFiles.Index), index, TestContext.Current.CancellationToken);

        Assert.False(ExtensionChecker.Check("image", _folder["image"], null, CheckLimits.Default).Valid);
    }

    [Fact]
    public void What_is_no_image_at_all_is_an_error()
    {
        File.WriteAllText(_folder["text.tar"], "hello");
        File.WriteAllBytes(_folder["gzip.tar"], [0x1f, 0x8b, 8, 0]);

        Demand(ExtensionChecker.Check("text.tar", _folder["text.tar"], null, CheckLimits.Default), "cut off");
        Demand(ExtensionChecker.Check("gzip.tar", _folder["gzip.tar"], null, CheckLimits.Default), "compressed");
        Demand(ExtensionChecker.Check("none", _folder["none"], null, CheckLimits.Default), "no such file");
        Demand(ExtensionChecker.Check("folder", _folder.Path, null, CheckLimits.Default), "no OCI layout");
    }

    private async Task<CheckReport> CheckAsync(HandmadeImage image)
    {
        await image.WriteAsync(_folder["image"]);
        return ExtensionChecker.Check("image", _folder["image"], null, CheckLimits.Default);
    }

    private static void Demand(CheckReport report, string words) => Assert.Contains(
        report.Findings, finding => finding.Severity == Severity.Error && finding.ToString().Contains(words, StringComparison.Ordinal));
}
