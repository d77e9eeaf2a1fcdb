using System.Text.Json;
using Slipway.EndToEnd.Tests.Kills;

namespace Slipway.EndToEnd.Tests.Xdp;

/// <summary>The filter's commands against rehearsed nodes, whose image carries the extension and whose agents write what real ones write.</summary>
public sealed class XdpCommandsTests
{
    /// <summary>From 198.51.100.9 to a port of the node that nobody guards: an Ethernet, an IPv4 and a UDP header and four bytes.</summary>
    private const string Frame = "020000000001" + "020000000002" + "0800" + "4500002000004000401100003364c6097f000001" + "1f9027100000000c" + "00000000";

    [Fact]
    public async Task The_extension_goes_through_plan_and_install_and_the_filters_are_seen_and_put_into_another_mode()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var lab = await Lab.StartAsync(1, 1, cancellationToken);
        var spec = Path.Combine(lab.Folder, "cluster.yaml");
        var text = await File.ReadAllTextAsync(spec, cancellationToken);
        await File.WriteAllTextAsync(
            spec, text.Replace("talos:\n", "talos:\n  installer: registry.example/installer-xdp:v1.13.9\n", StringComparison.Ordinal).Replace("secrets:", "xdp:\n  mode: observe # for now\nsecrets:", StringComparison.Ordinal), cancellationToken);
        var up = await lab.UpAsync();
        Assert.True(up.ExitCode == 0, up.Error);

        var status = await XdpAsync(lab, "status", "-o", "json");
        Assert.True(status.ExitCode == 0, status.Out + status.Error);
        var word = JsonDocument.Parse(status.Out).RootElement.GetProperty("nodes")[0];
        Assert.Equal(("w1", "observe"), (word.GetProperty("node").GetString(), word.GetProperty("status").GetProperty("mode").GetString()));
        Assert.False(word.GetProperty("status").GetProperty("config").GetProperty("missing").GetBoolean());

        var peers = await XdpAsync(lab, "peers", "--class", "operator");
        Assert.True(peers.ExitCode == 0, peers.Out + peers.Error);
        Assert.Contains("127.0.0.0/8", peers.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("192.0.2.1/32", peers.Out, StringComparison.Ordinal);

        var top = await XdpAsync(lab, "top", "--count", "2", "--every", "1");
        Assert.True(top.ExitCode == 0, top.Out + top.Error);
        Assert.Equal(["NODE", "w1", "w1"], top.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')[0]));

        var explain = await XdpAsync(lab, "explain", Frame);
        Assert.True(explain.ExitCode == 0, explain.Out + explain.Error);
        Assert.Contains("w1: Pass", explain.Out, StringComparison.Ordinal);

        var unasked = await XdpAsync(lab, "mode", "enforce");
        Assert.True(unasked.ExitCode == 7, unasked.Error);
        Assert.Contains("mode: observe", await File.ReadAllTextAsync(spec, cancellationToken), StringComparison.Ordinal);

        var mode = await XdpAsync(lab, "mode", "enforce", "--yes", "--progress", "none");
        Assert.True(mode.ExitCode == 0, mode.Out + mode.Error);
        Assert.Contains("mode: enforce # for now", await File.ReadAllTextAsync(spec, cancellationToken), StringComparison.Ordinal);
        var after = await XdpAsync(lab, "status");
        Assert.Contains("enforce", after.Out, StringComparison.Ordinal);
        Assert.Equal(0, (await lab.PlanAsync()).ExitCode);
    }

    [Fact]
    public async Task A_node_without_the_extension_is_told_and_bad_input_is_bad_input()
    {
        await using var lab = await Lab.StartAsync(1, 1, TestContext.Current.CancellationToken);
        var up = await lab.UpAsync();
        Assert.True(up.ExitCode == 0, up.Error);

        var none = await XdpAsync(lab, "status");
        var named = await XdpAsync(lab, "status", "--node", "w1");
        var packet = await XdpAsync(lab, "explain", "hello");

        Assert.Equal((3, 1, 3), (none.ExitCode, named.ExitCode, packet.ExitCode));
        Assert.Contains("asks for the filter on no node", none.Error, StringComparison.Ordinal);
        Assert.Contains("the extension is not in the node's image", named.Out, StringComparison.Ordinal);
    }

    private static Task<SlipwayProcess> XdpAsync(Lab lab, string command, params string[] args) =>
        SlipwayProcess.RunAsync(new SlipwayProcess.Start { Folder = lab.Folder, Timeout = TimeSpan.FromMinutes(2) }, ["xdp", command, "-f", "cluster.yaml", .. args]);
}
