using System.Text.Json;
using Slipway.EndToEnd.Tests.Kills;
using Slipway.Rehearsal;

namespace Slipway.EndToEnd.Tests.Doctor;

/// <summary>The program looks at machines that stand: blank ones, one that is well, and one where somebody changed a setting behind Talos' back.</summary>
public sealed class DoctorTests
{
    [Fact]
    public async Task It_finds_what_was_changed_behind_the_nodes_back_and_nothing_else()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var lab = await Lab.StartAsync(1, 1, [FaultText.Parse("file:/proc/sys/net/core/rmem_max=212992@w1")], cancellationToken);
        var blank = await lab.DoctorAsync();
        Assert.True(blank.ExitCode == 0, blank.Out + blank.Error);
        Assert.Contains("disk.install", blank.Out, StringComparison.Ordinal);

        var up = await lab.UpAsync();
        // The cluster stands, and the run says of it what the doctor does: nothing is left to do, and a check fails.
        Assert.True(up.ExitCode == 4, up.Error);
        Assert.Contains("w1: kernel.sysctl net.core.rmem_max: expected 134217728, found 212992", up.Error, StringComparison.Ordinal);
        Assert.Equal(0, (await lab.PlanAsync()).ExitCode);
        var well = await lab.DoctorAsync("--node", "cp1");
        var all = await lab.DoctorAsync("-o", "json");
        var brief = await lab.DoctorAsync("--node", "w1", "--brief");

        Assert.True(well.ExitCode == 0, well.Out + well.Error);
        Assert.True(all.ExitCode == 4, all.Out + all.Error);
        var report = JsonDocument.Parse(all.Out).RootElement;
        Assert.Equal(("slipway.dev/v1", "DoctorReport", "rehearsal", 1), (Text(report, "apiVersion"), Text(report, "kind"), Text(report, "cluster"), report.GetProperty("failed").GetInt32()));
        var failure = Assert.Single(
            report.GetProperty("nodes").EnumerateArray().Where(node => Text(node, "node") == "w1").SelectMany(node => node.GetProperty("checks").EnumerateArray()),
            line => Text(line, "outcome") == "fail");
        Assert.Equal(("kernel.sysctl", "net.core.rmem_max", "134217728", "212992"), (Text(failure, "check"), Text(failure, "of"), Text(failure, "expected"), Text(failure, "got")));
        Assert.False(string.IsNullOrWhiteSpace(Text(failure, "why")) || string.IsNullOrWhiteSpace(Text(failure, "fix")));
        Assert.Contains("FAIL kernel.sysctl net.core.rmem_max: expected 134217728, found 212992", brief.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("  ok  ", brief.Out, StringComparison.Ordinal);
        var stranger = await lab.DoctorAsync("--node", "w9");
        Assert.Equal(3, stranger.ExitCode);

        // The same nodes by the talosconfig that the run left, from a folder without a spec.
        var talosconfig = Path.Combine(lab.Folder, ".slipway", "rehearsal", "talosconfig");
        var bare = await SlipwayProcess.RunAsync("doctor", "--talosconfig", talosconfig, "--node", lab.Host.Nodes[1].Address.ToString(), "--brief");
        Assert.True(bare.ExitCode == 4, bare.Out + bare.Error);
        Assert.Contains("FAIL kernel.sysctl net.core.rmem_max", bare.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_ends_with_what_fails_of_Kubernetes_on_its_nodes()
    {
        var run = await RehearsedRun.SmallAsync("--fault", "ail:kube-prism-sick@cp1", "--fault", "ail:labels-gone@w1");

        Assert.Equal(4, run.ExitCode);
        Assert.Contains("cp1: kubernetes.kubeprism: expected healthy, on port 7445, found not healthy, on 127.0.0.1:7445", run.Process.Error, StringComparison.Ordinal);
        Assert.Contains("w1: kubernetes.label slipway/role: expected validator, found not there", run.Process.Error, StringComparison.Ordinal);
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
