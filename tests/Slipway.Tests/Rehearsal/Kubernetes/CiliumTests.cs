using System.Net;
using Microsoft.Extensions.Time.Testing;
using Slipway.Rehearsal.Kubernetes.Json;

namespace Slipway.Tests.Rehearsal.Kubernetes;

/// <summary>The cluster's life on a clock that stands still unless it is told to go on.</summary>
public sealed class CiliumTests
{
    private const string Policies = "/apis/cilium.io/v2/namespaces/default/ciliumnetworkpolicies";

    [Fact]
    public async Task Nodes_turn_ready_when_the_agent_runs_and_coredns_follows()
    {
        var time = new FakeTimeProvider();
        await using var cluster = await RehearsedCluster.StartAsync(time);
        var changes = new List<(string, bool)>();
        cluster.Api.NodeReadyChanged += (name, isReady) => changes.Add((name, isReady));
        Pass(time, seconds: 60);
        Assert.Equal(0, await AvailableAsync(cluster, "coredns"));
        Assert.Empty(changes);

        await InstallAsync(cluster);
        Pass(time, seconds: 20);
        Assert.Equal([("cp-1", true), ("worker-1", true), ("worker-2", true)], changes.Order());
        Assert.Equal(2, await AvailableAsync(cluster, "coredns"));

        cluster.Api.SetNodeDown("worker-1");
        Pass(time, seconds: 60);
        Assert.Equal(("worker-1", false), changes[^1]);
        Assert.Equal("Unknown", await ReadyAsync(cluster, "worker-1"));

        cluster.Api.SetNodeUp("worker-1");
        Pass(time, seconds: 1);
        Assert.Equal("False", await ReadyAsync(cluster, "worker-1"));
        Pass(time, seconds: 20);
        Assert.Equal("True", await ReadyAsync(cluster, "worker-1"));
    }

    [Fact]
    public async Task The_operator_brings_the_definitions_and_judges_policies()
    {
        var time = new FakeTimeProvider();
        await using var cluster = await RehearsedCluster.StartAsync(time);
        Assert.Equal(HttpStatusCode.NotFound, (await cluster.GetAsync(Policies)).Code);
        Pass(time, seconds: 5);
        await InstallAsync(cluster);
        Pass(time, seconds: 20);

        var (strict, status) = await cluster.PostAsync($"{Policies}?fieldValidation=Strict", """{"metadata":{"name":"typo"},"spec":{"endpointSelector":{},"ingress":[{"from":[]}]}}""");
        Assert.Equal(HttpStatusCode.BadRequest, strict);
        Assert.Contains("unknown field \"spec.ingress[0].from\"", status.Text("message"));

        foreach (var (name, port) in ((string, string)[])[("good", "\"8000\""), ("range", "\"8000-8002\"")])
        {
            await cluster.PostAsync(Policies, $$$"""{"metadata":{"name":"{{{name}}}"},"spec":{"endpointSelector":{},"ingress":[{"toPorts":[{"ports":[{"port":{{{port}}},"protocol":"UDP"}]}]}]}}""");
        }

        Pass(time, seconds: 5);
        Assert.Equal("True", (await cluster.GetAsync($"{Policies}/good")).Body.Items("status", "conditions").Single().Text("status"));
        var refused = (await cluster.GetAsync($"{Policies}/range")).Body.Items("status", "conditions").Single();
        Assert.Equal("False", refused.Text("status"));
        Assert.Contains("invalid syntax", refused.Text("message"));
    }

    [Fact]
    public async Task Five_hundred_nodes_become_ready_and_their_status_is_written_a_few_times_each()
    {
        var time = new FakeTimeProvider();
        await using var cluster = await RehearsedCluster.StartAsync(time, controlPlanes: 3, workers: 497);
        var ready = 0;
        cluster.Api.NodeReadyChanged += (_, isReady) => ready += isReady ? 1 : -1;
        Pass(time, seconds: 5);
        await InstallAsync(cluster);
        var before = cluster.Store.Revision;
        Pass(time, seconds: 20);

        Assert.Equal(500, ready);
        // A pod is made, waits and runs; a node turns ready: what is written grows with the nodes, not with their square.
        Assert.InRange(cluster.Store.Revision - before, 500, 500 * 8);
    }

    // In steps, as a clock goes: controllers plan their next work from what they see at each.
    private static void Pass(FakeTimeProvider time, int seconds)
    {
        for (var i = 0; i < seconds * 5; i++)
        {
            time.Advance(TimeSpan.FromMilliseconds(200));
        }
    }

    private static async Task InstallAsync(RehearsedCluster cluster)
    {
        string Template(string app) => $$$"""{"metadata":{"labels":{"k8s-app":"{{{app}}}"}},"spec":{"hostNetwork":true,"tolerations":[{"operator":"Exists"}],"containers":[{"name":"c","image":"i"}]}}""";
        foreach (var (plural, name, app) in ((string, string, string)[])[("daemonsets", "cilium", "cilium"), ("deployments", "cilium-operator", "operator")])
        {
            var (code, body) = await cluster.PostAsync($"/apis/apps/v1/namespaces/kube-system/{plural}",
                $$$"""{"metadata":{"name":"{{{name}}}"},"spec":{"selector":{"matchLabels":{"k8s-app":"{{{app}}}"}},"template":{{{Template(app)}}}}}""");
            Assert.True(code == HttpStatusCode.Created, body.ToJsonString());
        }
    }

    private static async Task<long> AvailableAsync(RehearsedCluster cluster, string deployment) =>
        (await cluster.GetAsync($"/apis/apps/v1/namespaces/kube-system/deployments/{deployment}")).Body.Number("status", "availableReplicas") ?? 0;

    private static async Task<string?> ReadyAsync(RehearsedCluster cluster, string node) =>
        (await cluster.GetAsync($"/api/v1/nodes/{node}")).Body.Items("status", "conditions").Single(condition => condition.Text("type") == "Ready").Text("status");
}
