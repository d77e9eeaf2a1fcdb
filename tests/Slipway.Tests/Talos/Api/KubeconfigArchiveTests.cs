using System.IO.Compression;
using System.Text;
using CsCheck;
using Slipway.Core.Failures;
using Slipway.Talos.Api;
using Slipway.Tests.Talos.Server;

namespace Slipway.Tests.Talos.Api;

public sealed class KubeconfigArchiveTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void A_tar_that_ends_right_after_its_content_is_read_whole() =>
        Gen.String[Gen.Char["abc: \n-ü"], 0, 2000].Sample(text => Assert.Equal(text, KubeconfigArchive.Read(new MemoryStream(Truncated(text)))), iter: 200);

    [Fact]
    public void Less_than_the_header_claims_is_an_error() =>
        Assert.Throws<InvalidDataException>(() => KubeconfigArchive.Read(new MemoryStream(Zip([.. Header(100), .. new byte[50]]))));

    [Theory]
    [InlineData("")]
    [InlineData("not gzip at all")]
    public void Anything_else_is_an_error(string content) =>
        Assert.Throws<InvalidDataException>(() => KubeconfigArchive.Read(new MemoryStream(Encoding.UTF8.GetBytes(content))));

    [Fact]
    public void A_header_that_claims_gigabytes_is_an_error() =>
        Assert.Throws<InvalidDataException>(() => KubeconfigArchive.Read(new MemoryStream(Zip(Header(8_000_000_000)))));

    [Fact]
    public async Task A_kubeconfig_comes_from_a_node_in_pieces()
    {
        var node = FakeNode.Configured();
        node.Kubeconfig = Truncated("apiVersion: v1\nkind: Config\n");
        await using var server = await FakeTalosServer.StartAsync(node);
        await using var fleet = new FleetOf(server.Port);

        Assert.Equal("apiVersion: v1\nkind: Config\n", (await fleet.Node.KubeconfigAsync(Cancel)).Reveal());
    }

    [Fact]
    public async Task A_broken_kubeconfig_names_the_node()
    {
        var node = FakeNode.Configured();
        node.Kubeconfig = [1, 2, 3];
        await using var server = await FakeTalosServer.StartAsync(node);
        await using var fleet = new FleetOf(server.Port);

        var error = await Assert.ThrowsAsync<SlipwayException>(() => fleet.Node.KubeconfigAsync(Cancel));

        Assert.Contains("cp-1", error.Message, StringComparison.Ordinal);
    }

    private static byte[] Truncated(string text)
    {
        var content = Encoding.UTF8.GetBytes(text);
        return Zip([.. Header(content.Length), .. content]);
    }

    private static byte[] Header(long size)
    {
        var header = new byte[512];
        Encoding.ASCII.GetBytes("kubeconfig").CopyTo(header, 0);
        Encoding.ASCII.GetBytes(Convert.ToString(size, 8).PadLeft(11, '0')).CopyTo(header, 124);
        return header;
    }

    private static byte[] Zip(byte[] bytes)
    {
        var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return target.ToArray();
    }
}
