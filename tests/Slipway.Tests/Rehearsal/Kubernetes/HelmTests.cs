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
}
