namespace Slipway.EndToEnd.Tests.Faults;

/// <summary>Machines that misbehave: the run waits for those that may come right and says which do not, and why.</summary>
public sealed class NodeFaultTests
{
    private const string Booted = "installed and booted from its disk";

    [Theory]
    [InlineData("w1", "1")]
    [InlineData("cp1", "0")]
    public async Task A_node_that_never_comes_back_ends_the_run_with_6_and_its_name(string node, string workers)
    {
        var run = await RehearsedRun.RunAsync("--control-planes", "1", "--workers", workers, "--fault", $"never-back:{node}");

        run.AssertFailed(6, node, "install", Booted, "away");
    }

    [Theory]
    [InlineData("w1")]
    [InlineData("cp1")]
    public async Task A_node_that_shows_a_certificate_of_another_authority_is_refused_with_5(string node)
    {
        var run = await RehearsedRun.SmallAsync("--fault", $"wrong-cert:{node}");

        run.AssertFailed(5, node, "install", Booted, "is not signed by the expected CA");
        Assert.DoesNotContain(run.Events, line => line.GetProperty("event").GetString() == "action-started"
            && line.GetProperty("action").GetProperty("phase").GetString() == "bootstrap");
    }

    [Fact]
    public async Task A_full_disk_ends_with_the_node_and_what_an_operator_can_do()
    {
        var run = await RehearsedRun.SmallAsync("--fault", "disk-full:w1");

        run.AssertFailed(5, "w1", "install", Booted, "fingerprint");
        Assert.Contains("full", run.Result.GetProperty("hint").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_disk_on_a_node_that_boots_on_while_it_installs_is_told_too()
    {
        var run = await RehearsedRun.SmallAsync("--fault", "disk-full:cp1", "--talos-version", "v1.14.0", "--kubernetes-version", "v1.35.0");

        run.AssertFailed(1, "cp1", "install", Booted, "no space left on device");
    }

    [Fact]
    public async Task Nodes_that_fail_together_are_named_together()
    {
        var run = await RehearsedRun.RunAsync("--control-planes", "1", "--workers", "2", "--fault", "never-back:w2", "--fault", "never-back:w1");

        run.AssertFailed(6, "w1", "install", Booted, "away");
        Assert.Contains("failed on w2", run.Result.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_machine_with_another_uuid_is_refused_with_7_before_anything_is_sent()
    {
        using var folder = new TemporaryFolder();
        var run = await RehearsedRun.SmallAsync("--fault", "wrong-uuid:w1", "--dir", folder.At("lab"));

        run.AssertFailed(7, "w1", "connect", "UUID 5117a900", "0bad0bad");
        Assert.DoesNotContain(Ledger.Read(folder.At("lab")), entry => entry.Kind == "Applied");
    }

    [Theory]
    [InlineData("slow:w1:6")]
    [InlineData("slow:cp1:6")]
    public async Task A_slow_node_is_waited_for(string fault)
    {
        var run = await RehearsedRun.SmallAsync("--fault", fault);

        run.AssertConverged();
    }

    [Fact]
    public async Task A_line_that_breaks_at_every_attempt_to_send_a_config_ends_with_5()
    {
        var run = await RehearsedRun.SmallAsync("--fault", "cut-before:ApplyConfiguration@w1x99");

        run.AssertFailed(5, "w1", "workers", "takes its machine config", "3 times in a row");
    }

    [Fact]
    public async Task A_bootstrap_that_never_gets_through_ends_with_6()
    {
        var run = await RehearsedRun.SmallAsync("--fault", "cut-before:Bootstrap@cp1x9999");

        run.AssertFailed(6, "cp1", "bootstrap", "an etcd member", "Bootstrap failed");
    }

    [Fact]
    public async Task Without_one_of_three_control_planes_the_run_does_not_claim_to_be_done()
    {
        var run = await RehearsedRun.RunAsync("--control-planes", "3", "--workers", "0", "--fault", "never-back:cp3");

        run.AssertFailed(6, "cp3", "install", Booted, "away");
    }
}
