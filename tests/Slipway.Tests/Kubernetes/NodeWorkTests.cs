using Slipway.Core.Secrets;
using Slipway.Engine.Ports;
using Slipway.Kubernetes;
using Slipway.Tests.Rehearsal.Kubernetes;

namespace Slipway.Tests.Kubernetes;

/// <summary>Cordons and evictions against the rehearsed API, with the real kubectl as the operator.</summary>
public sealed class NodeWorkTests
{
    private const string Web = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, namespace: default}
        spec:
          replicas: 2
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec:
              hostNetwork: true
              tolerations: [{key: node.kubernetes.io/not-ready, operator: Exists}]
              volumes: [{name: scratch, emptyDir: {}}]
              containers: [{name: web, image: example/web:1}]
        ---
        apiVersion: policy/v1
        kind: PodDisruptionBudget
        metadata: {name: web, namespace: default}
        spec: {maxUnavailable: 0, selector: {matchLabels: {app: web}}}
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_cordon_carries_our_mark_and_goes_with_it()
    {
        await using var rehearsed = await RehearsedCluster.StartAsync();
        using var cluster = Connect(rehearsed);

        Assert.Equal(CordonOutcome.Ours, await cluster.CordonAsync("worker-1", Token));
        Assert.Equal(CordonOutcome.Ours, await cluster.CordonAsync("worker-1", Token));
        Assert.Equal((true, true), await CordonOfAsync(cluster, "worker-1"));
        await cluster.UncordonAsync("worker-1", Token);

        Assert.Equal((false, false), await CordonOfAsync(cluster, "worker-1"));
        Assert.Equal(CordonOutcome.NoNode, await cluster.CordonAsync("nobody", Token));
    }

    [Fact]
    public async Task A_node_that_the_operator_cordoned_is_neither_marked_nor_uncordoned()
    {
        await using var rehearsed = await RehearsedCluster.StartAsync();
        using var cluster = Connect(rehearsed);
        await Tool.Kubectl(rehearsed).MustAsync("cordon", "worker-1");

        Assert.Equal(CordonOutcome.Foreign, await cluster.CordonAsync("worker-1", Token));
        await cluster.UncordonAsync("worker-1", Token);

        Assert.Equal((true, false), await CordonOfAsync(cluster, "worker-1"));
    }

    [Fact]
    public async Task An_eviction_that_a_budget_denies_is_told_in_the_servers_words_and_granted_without_it()
    {
        await using var rehearsed = await RehearsedCluster.StartAsync();
        using var cluster = Connect(rehearsed);
        var kubectl = Tool.Kubectl(rehearsed);
        var file = Path.Combine(rehearsed.Folder.FullName, "web.yaml");
        await File.WriteAllTextAsync(file, Web, Token);
        await kubectl.MustAsync("apply", "-f", file);
        await kubectl.MustAsync("rollout", "status", "deployment/web", "--timeout=60s");
        var node = await kubectl.MustAsync("get", "pods", "-l", "app=web", "-o", "jsonpath={.items[0].spec.nodeName}");

        var pod = Assert.Single(await cluster.PodsAsync(node, Token), pod => pod.Name.StartsWith("web-", StringComparison.Ordinal));
        Assert.Equal(("default", "ReplicaSet", true, false), (pod.Namespace, pod.Owner, pod.HasEmptyDir, pod.IsMirror));
        Assert.Contains(await cluster.PodsAsync("cp-1", Token), mirror => mirror.IsMirror);

        Assert.Equal(
            "Cannot evict pod as it would violate the pod's disruption budget. (The disruption budget web needs 2 healthy pods and has 2 currently)",
            await cluster.EvictAsync(pod, Token));
        var (exit, said) = await kubectl.RunAsync("drain", node, "--ignore-daemonsets", "--delete-emptydir-data", "--timeout=1s");
        Assert.NotEqual(0, exit);
        Assert.Contains("violate the pod's disruption budget", said, StringComparison.Ordinal);

        await kubectl.MustAsync("delete", "pdb", "web");
        Assert.Null(await cluster.EvictAsync(pod, Token));
        Assert.Null(await cluster.EvictAsync(pod with { Uid = "another" }, Token));
    }

    private static async Task<(bool Cordoned, bool ByUs)> CordonOfAsync(ICluster cluster, string name)
    {
        var node = Assert.Single(await cluster.NodesAsync(Token), node => node.Name == name);
        return (node.IsCordoned, node.IsCordonedByUs);
    }

    private static ICluster Connect(RehearsedCluster rehearsed) => new KubernetesConnector(TimeProvider.System).Connect(new Sensitive(File.ReadAllText(rehearsed.KubeconfigPath)));
}
