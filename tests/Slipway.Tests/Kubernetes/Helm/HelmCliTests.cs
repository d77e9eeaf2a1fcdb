using System.Text.Json.Nodes;
using Slipway.Core.Cilium;
using Slipway.Core.Failures;
using Slipway.Core.Planning;
using Slipway.Core.Spec;
using Slipway.Kubernetes.Helm;
using Slipway.Tests.Cilium;
using Slipway.Tests.Rehearsal.Kubernetes;

namespace Slipway.Tests.Kubernetes.Helm;

/// <summary>Real helm against the rehearsed API.</summary>
public sealed class HelmCliTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Installs_says_what_is_there_and_upgrades()
    {
        await using var cluster = await RehearsedCluster.StartAsync();
        await using var stand = StandIn.On(cluster);
        Assert.StartsWith("v", await stand.Helm.VersionAsync(Token), StringComparison.Ordinal);
        Assert.Null(await stand.Helm.FindAsync(stand.Target, Token));

        await stand.Helm.UpgradeAsync(stand.Target, stand.Upgrade, Token);

        var first = await stand.Helm.FindAsync(stand.Target, Token);
        Assert.Equal(("cilium", "kube-system", 1, "deployed", "cilium-1.16.19"), (first!.Name, first.Namespace, first.Revision, first.Status, first.Chart));
        // What helm remembers is what was sent, to the last type: otherwise every plan would see a change.
        Assert.True(JsonNode.DeepEquals(CiliumValues.For(Clusters.Usual), first.Values), first.Values.ToJsonString());
        Assert.Contains(stand.Lines, line => line.Contains("STATUS: deployed", StringComparison.Ordinal));

        stand.Write(Clusters.Usual.WithValues("operator: {replicas: 1}\nbandwidthManager: null\n"));
        await stand.Helm.UpgradeAsync(stand.Target, stand.Upgrade, Token);
        var second = await stand.Helm.FindAsync(stand.Target, Token);
        Assert.Equal((2, "deployed", 1), (second!.Revision, second.Status, (int)second.Values["operator"]!["replicas"]!));
        Assert.True(JsonNode.DeepEquals(CiliumValues.For(Clusters.Usual.WithValues("operator: {replicas: 1}\nbandwidthManager: null\n")), second.Values), second.Values.ToJsonString());
    }

    [Fact]
    public async Task A_helm_killed_in_its_first_install_is_cleared_without_touching_what_it_made()
    {
        await using var cluster = await RehearsedCluster.StartAsync(workers: 0, controlPlanes: 0);
        await using var stand = StandIn.On(cluster);
        await KillHalfWayAsync(cluster, stand, "pending-install");
        var pending = await stand.Helm.FindAsync(stand.Target, Token);
        Assert.Equal("pending-install", pending!.Status);

        var refused = await Assert.ThrowsAsync<SlipwayException>(() => stand.Helm.UpgradeAsync(stand.Target, stand.Upgrade, Token));
        Assert.Equal(FailureReason.NotYet, refused.Reason);
        var before = (await cluster.GetAsync("/apis/apps/v1/namespaces/kube-system/daemonsets/cilium")).Body["metadata"]!["uid"]!.ToString();
        await stand.Helm.ClearPendingAsync(stand.Target, pending, Token);
        Assert.Null(await stand.Helm.FindAsync(stand.Target, Token));
        await stand.Helm.UpgradeAsync(stand.Target, stand.Upgrade, Token);

        Assert.Equal("deployed", (await stand.Helm.FindAsync(stand.Target, Token))!.Status);
        Assert.Equal(before, (await cluster.GetAsync("/apis/apps/v1/namespaces/kube-system/daemonsets/cilium")).Body["metadata"]!["uid"]!.ToString());
    }

    [Fact]
    public async Task A_helm_killed_in_an_upgrade_is_rolled_back_and_the_next_upgrade_works()
    {
        await using var cluster = await RehearsedCluster.StartAsync(workers: 0, controlPlanes: 0);
        await using var stand = await StandIn.InstallAsync(cluster);
        await KillHalfWayAsync(cluster, stand, "pending-upgrade");
        var pending = await stand.Helm.FindAsync(stand.Target, Token);
        Assert.Equal((2, "pending-upgrade"), (pending!.Revision, pending.Status));

        await stand.Helm.ClearPendingAsync(stand.Target, pending, Token);

        var cleared = await stand.Helm.FindAsync(stand.Target, Token);
        Assert.Equal((3, "deployed"), (cleared!.Revision, cleared.Status));
        await stand.Helm.UpgradeAsync(stand.Target, stand.Upgrade, Token);
        Assert.Equal(4, (await stand.Helm.FindAsync(stand.Target, Token))!.Revision);
    }

    [Fact]
    public async Task What_changed_since_it_was_looked_at_is_not_cleared()
    {
        await using var cluster = await RehearsedCluster.StartAsync();
        await using var stand = await StandIn.InstallAsync(cluster);
        var stale = new ReleaseObservation("cilium", "kube-system", 1, "pending-install", "cilium-1.16.19", []);

        var error = await Assert.ThrowsAsync<SlipwayException>(() => stand.Helm.ClearPendingAsync(stand.Target, stale, Token));

        Assert.Equal(FailureReason.NotYet, error.Reason);
        Assert.Equal("deployed", (await stand.Helm.FindAsync(stand.Target, Token))!.Status);
    }

    [Fact]
    public async Task A_failed_release_is_seen_and_the_next_upgrade_recovers_it()
    {
        await using var cluster = await RehearsedCluster.StartAsync();
        await using var stand = StandIn.On(cluster);
        stand.Write(Clusters.Usual.WithValues("operator: {replicas: many}"));

        var error = await Assert.ThrowsAsync<SlipwayException>(() => stand.Helm.UpgradeAsync(stand.Target, stand.Upgrade, Token));
        Assert.Contains("replicas", error.Message, StringComparison.Ordinal);
        stand.Write(Clusters.Usual);
        await stand.Helm.UpgradeAsync(stand.Target, stand.Upgrade, Token);

        Assert.Equal("deployed", (await stand.Helm.FindAsync(stand.Target, Token))!.Status);
    }

    [Theory]
    [InlineData("kubectl-edit", true)]
    [InlineData("some-controller", false)]
    public async Task Fields_that_hands_changed_are_taken_back_and_a_controllers_are_not(string manager, bool taken)
    {
        await using var cluster = await RehearsedCluster.StartAsync();
        await using var stand = await StandIn.InstallAsync(cluster);
        var (code, body) = await cluster.PatchAsync(
            $"/api/v1/namespaces/kube-system/configmaps/cilium-config?fieldManager={manager}&force=true", "apply-patch+yaml",
            """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"cilium-config","namespace":"kube-system"},"data":{"policy-audit-mode":"sometimes"}}""");
        Assert.True((int)code == 200, body.ToJsonString());

        var failure = await Record.ExceptionAsync(() => stand.Helm.UpgradeAsync(stand.Target, stand.Upgrade, Token));

        var live = (string?)(await cluster.GetAsync("/api/v1/namespaces/kube-system/configmaps/cilium-config")).Body["data"]!["policy-audit-mode"];
        Assert.Equal(taken ? "true" : "sometimes", live);
        Assert.Equal(taken, failure is null);
        Assert.True(taken || failure!.Message.Contains(manager, StringComparison.Ordinal), failure?.Message);
    }

    [Fact]
    public async Task An_API_server_that_is_away_is_unreachable_and_not_just_a_helm_error()
    {
        await using var cluster = await RehearsedCluster.StartAsync();
        await using var stand = StandIn.On(cluster);
        cluster.Api.Available = false;

        var error = await Assert.ThrowsAsync<SlipwayException>(() => stand.Helm.UpgradeAsync(stand.Target, stand.Upgrade, Token));

        Assert.Equal(FailureReason.Unreachable, error.Reason);
    }

    [Fact]
    public async Task A_chart_in_a_folder_of_another_version_is_refused_before_anything_is_installed()
    {
        await using var cluster = await RehearsedCluster.StartAsync();
        await using var stand = StandIn.On(cluster);
        var chart = new ChartSource(ChartSourceKind.Folder, StandInChart.Unpack(cluster.Folder.FullName, "1.17.0"));

        var error = await Assert.ThrowsAsync<SlipwayException>(() => stand.Helm.UpgradeAsync(stand.Target, stand.Upgrade with { Chart = chart }, Token));

        Assert.Equal((FailureReason.BadInput, "1.17.0"), (error.Reason, error.Found));
        Assert.Null(await stand.Helm.FindAsync(stand.Target, Token));
    }

    /// <summary>helm waits for what can never be ready here, as no node is there; once its record is written it is killed.</summary>
    private static async Task KillHalfWayAsync(RehearsedCluster cluster, StandIn stand, string status)
    {
        using var helm = Tool.Helm(cluster).Start(
            "upgrade", "--install", "cilium", StandInChart.Unpack(Path.Combine(cluster.Folder.FullName, "half"), "1.16.19"), "-n", "kube-system", "-f", stand.ValuesPath, "--wait", "--timeout", "5m");
        await StandIn.UntilAsync(async () =>
        {
            Assert.False(helm.HasExited, "helm ended by itself");
            var secrets = (await cluster.GetAsync($"/api/v1/namespaces/kube-system/secrets?labelSelector=status%3D{status}")).Body["items"]!.AsArray();
            return secrets.Count > 0 && (await cluster.GetAsync("/apis/apps/v1/namespaces/kube-system/deployments/hubble-relay")).Body["kind"]!.ToString() == "Deployment";
        });
        helm.Kill();
        await helm.WaitForExitAsync(Token);
    }
}
