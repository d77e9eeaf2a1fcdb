namespace Slipway.Tests.Rehearsal.Kubernetes;

public sealed class HelmTests
{
    [Fact]
    public async Task Installs_upgrades_rolls_back_and_uninstalls_a_chart_and_waits_each_time()
    {
        await using var cluster = await RehearsedCluster.StartAsync();
        var (helm, kubectl, chart) = (Tool.Helm(cluster), Tool.Kubectl(cluster), TestChart.Write(cluster));

        Assert.Contains("STATUS: deployed", await helm.MustAsync("upgrade", "--install", "tiny", chart, "-n", "kube-system", "--wait", "--timeout", "60s"));
        Assert.Contains("tiny-agent", await kubectl.MustAsync("get", "daemonsets", "-n", "kube-system"));

        Assert.Contains("REVISION: 2", await helm.MustAsync("upgrade", "tiny", chart, "-n", "kube-system", "--set", "greeting=again", "--wait", "--timeout", "60s"));
        Assert.Contains("again", await helm.MustAsync("get", "values", "tiny", "-n", "kube-system"));
        Assert.Equal("again", await kubectl.MustAsync("get", "configmap", "tiny-config", "-n", "kube-system", "-o", "jsonpath={.data.greeting}"));

        await helm.MustAsync("rollback", "tiny", "1", "-n", "kube-system", "--wait", "--timeout", "60s");
        Assert.Equal("hello", await kubectl.MustAsync("get", "configmap", "tiny-config", "-n", "kube-system", "-o", "jsonpath={.data.greeting}"));
        var list = await helm.MustAsync("list", "-A");
        Assert.Contains("tiny-0.1.0", list);
        Assert.Contains("deployed", list);

        await helm.MustAsync("uninstall", "tiny", "-n", "kube-system", "--wait", "--timeout", "60s");
        Assert.DoesNotContain("tiny", await helm.MustAsync("list", "-A"));
        Assert.DoesNotContain("tiny", await kubectl.MustAsync("get", "deployments,daemonsets,services,configmaps", "-n", "kube-system"));
    }

    [Fact]
    public async Task A_killed_helm_leaves_a_pending_release_that_a_rollback_or_uninstall_clears()
    {
        // Without a CNI these pods would be ready soon, so the nodes are down: helm waits for what cannot come.
        await using var cluster = await RehearsedCluster.StartAsync();
        foreach (var node in (string[])["cp-1", "worker-1", "worker-2"])
        {
            cluster.Api.SetNodeDown(node);
        }

        var (helm, kubectl, chart) = (Tool.Helm(cluster), Tool.Kubectl(cluster), TestChart.Write(cluster));
        using (var process = helm.Start("upgrade", "--install", "tiny", chart, "-n", "kube-system", "--wait", "--timeout", "300s"))
        {
            await kubectl.MustAsync("wait", "--for=create", "deployment/tiny", "-n", "kube-system", "--timeout=60s");
            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        Assert.Contains("pending-install", await helm.MustAsync("list", "-A", "--pending"));
        var (exit, output) = await helm.RunAsync("upgrade", "--install", "tiny", chart, "-n", "kube-system");
        Assert.NotEqual(0, exit);
        Assert.Contains("another operation (install/upgrade/rollback) is in progress", output);

        await helm.MustAsync("uninstall", "tiny", "-n", "kube-system");
        Assert.Contains("STATUS: deployed", await helm.MustAsync("upgrade", "--install", "tiny", chart, "-n", "kube-system"));
    }

    [Fact]
    public async Task A_field_that_somebody_else_owns_is_a_conflict_until_it_is_forced()
    {
        await using var cluster = await RehearsedCluster.StartAsync();
        var (helm, kubectl, chart) = (Tool.Helm(cluster), Tool.Kubectl(cluster), TestChart.Write(cluster));
        await helm.MustAsync("install", "tiny", chart, "-n", "kube-system");
        await kubectl.MustAsync("patch", "configmap", "tiny-config", "-n", "kube-system", "--type=merge", "-p", """{"data":{"greeting":"mine"}}""", "--field-manager=hand");

        var (exit, output) = await helm.RunAsync("upgrade", "tiny", chart, "-n", "kube-system", "--set", "greeting=theirs");
        Assert.NotEqual(0, exit);
        Assert.Contains("conflict with \"hand\"", output);

        await helm.MustAsync("upgrade", "tiny", chart, "-n", "kube-system", "--set", "greeting=theirs", "--force-conflicts");
        Assert.Equal("theirs", await kubectl.MustAsync("get", "configmap", "tiny-config", "-n", "kube-system", "-o", "jsonpath={.data.greeting}"));
    }
}
