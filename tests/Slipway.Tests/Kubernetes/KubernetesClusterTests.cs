using System.Net;
using System.Text.Json.Nodes;
using Slipway.Core.Failures;
using Slipway.Core.Planning;
using Slipway.Core.Policies;
using Slipway.Core.Secrets;
using Slipway.Engine.Ports;
using Slipway.Kubernetes;
using Slipway.Tests.Cilium;
using Slipway.Tests.Rehearsal.Kubernetes;

namespace Slipway.Tests.Kubernetes;

public sealed class KubernetesClusterTests
{
    private const string Definition = """
        {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"things.example.org"},"spec":{"group":"example.org","scope":"Namespaced",
        "names":{"kind":"Thing","plural":"things","singular":"thing","listKind":"ThingList"},
        "versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object","properties":{"spec":{"type":"object","properties":{"size":{"type":"integer"}}}}}}}]}}
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_that_is_up_is_ready_and_lists_its_nodes()
    {
        await using var rehearsed = await RehearsedCluster.StartAsync();
        using var cluster = Connect(rehearsed);

        Assert.Null(await cluster.NotReadyReasonAsync(Token));
        var nodes = await cluster.NodesAsync(Token);
        Assert.Equal(["cp-1", "worker-1", "worker-2"], nodes.Select(node => node.Name).Order());
        Assert.All(nodes, node => Assert.False(node.Ready));
        Assert.All(nodes, node => Assert.Single(node.InternalAddresses));
        Assert.All(nodes, node => Assert.Equal("v1.35.2", node.KubeletVersion));
    }

    [Fact]
    public async Task A_server_that_went_away_is_unreachable_and_the_reason_is_told()
    {
        await using var rehearsed = await RehearsedCluster.StartAsync();
        using var cluster = Connect(rehearsed);
        rehearsed.Api.Available = false;

        Assert.Contains("does not answer", await cluster.NotReadyReasonAsync(Token), StringComparison.Ordinal);
        var error = await Assert.ThrowsAsync<SlipwayException>(() => cluster.NodesAsync(Token));
        Assert.Equal(FailureReason.Unreachable, error.Reason);
        Assert.Contains(rehearsed.Api.EndPoint.ToString(), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_of_another_CA_is_not_trusted()
    {
        await using var rehearsed = await RehearsedCluster.StartAsync();
        using var stranger = new TestPki();
        using var cluster = new KubernetesConnector(TimeProvider.System).Connect(new Sensitive(stranger.Kubeconfig(rehearsed.Api.EndPoint)));

        var error = await Assert.ThrowsAsync<SlipwayException>(() => cluster.NodesAsync(Token));

        Assert.Equal(FailureReason.UntrustedPeer, error.Reason);
    }

    [Fact]
    public async Task What_is_not_there_is_null_and_so_is_a_kind_that_nobody_serves()
    {
        await using var rehearsed = await RehearsedCluster.StartAsync();
        using var cluster = Connect(rehearsed);

        Assert.Null(await cluster.GetAsync(new ManifestId("v1", "ConfigMap", "kube-system", "nope"), Token));
        Assert.Null(await cluster.GetAsync(new ManifestId("cilium.io/v2", "CiliumNetworkPolicy", "x", "nope"), Token));
    }

    [Fact]
    public async Task A_kind_that_appears_later_is_found_without_a_new_connection()
    {
        await using var rehearsed = await RehearsedCluster.StartAsync();
        using var cluster = Connect(rehearsed);
        var thing = Thing("""{"size":3}""");

        var early = await Assert.ThrowsAsync<SlipwayException>(() => cluster.ApplyAsync(thing, Token));
        Assert.Equal(FailureReason.NotYet, early.Reason);
        Assert.Equal(HttpStatusCode.Created, (await rehearsed.PostAsync("/apis/apiextensions.k8s.io/v1/customresourcedefinitions", Definition)).Code);

        var live = await cluster.ApplyAsync(thing, Token);
        Assert.True(ManifestComparison.Covers(thing.Content, live));
        Assert.True(ManifestComparison.Covers(thing.Content, (await cluster.GetAsync(thing.Id, Token))!));
    }

    [Fact]
    public async Task An_unknown_field_is_rejected_in_the_servers_words()
    {
        await using var rehearsed = await RehearsedCluster.StartAsync();
        using var cluster = Connect(rehearsed);
        await rehearsed.PostAsync("/apis/apiextensions.k8s.io/v1/customresourcedefinitions", Definition);

        var error = await Assert.ThrowsAsync<SlipwayException>(() => cluster.ApplyAsync(Thing("""{"sise":3}"""), Token));

        Assert.Equal(FailureReason.Rejected, error.Reason);
        Assert.Contains("sise", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Applying_into_a_namespace_that_is_not_there_says_so()
    {
        await using var rehearsed = await RehearsedCluster.StartAsync();
        using var cluster = Connect(rehearsed);

        var error = await Assert.ThrowsAsync<SlipwayException>(() => cluster.ApplyAsync(ConfigMap("nowhere", "x"), Token));

        Assert.Equal(FailureReason.NotFound, error.Reason);
        Assert.Contains("nowhere", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_field_of_another_manager_is_not_taken_from_an_object_that_is_not_ours()
    {
        await using var rehearsed = await RehearsedCluster.StartAsync();
        using var cluster = Connect(rehearsed);
        await ApplyAs(rehearsed, "somebody", ConfigMap("kube-system", "theirs"));

        var error = await Assert.ThrowsAsync<SlipwayException>(() => cluster.ApplyAsync(ConfigMap("kube-system", "ours"), Token));

        Assert.Equal(FailureReason.Kubernetes, error.Reason);
        Assert.Contains("somebody", error.Found, StringComparison.Ordinal);
        Assert.Contains(".data.a", error.Found, StringComparison.Ordinal);
        Assert.NotNull(error.Hint);
    }

    [Fact]
    public async Task An_object_of_ours_is_taken_back_and_what_others_added_stays()
    {
        await using var rehearsed = await RehearsedCluster.StartAsync();
        using var cluster = Connect(rehearsed);
        var ours = ConfigMap("kube-system", "ours", ours: true);
        await cluster.ApplyAsync(ours, Token);
        var theirs = ConfigMap("kube-system", "theirs");
        theirs.Content["data"]!["b"] = "kept";
        await ApplyAs(rehearsed, "kubectl", theirs);

        var live = await cluster.ApplyAsync(ours, Token);

        Assert.Equal("ours", (string?)live["data"]!["a"]);
        Assert.Equal("kept", (string?)live["data"]!["b"]);
    }

    [Fact]
    public async Task Our_policies_pass_strict_validation_once_Cilium_runs()
    {
        await using var rehearsed = await RehearsedCluster.StartAsync();
        using var cluster = Connect(rehearsed);
        await using var stand = await StandIn.InstallAsync(rehearsed);
        var spec = Clusters.Usual.WithPolicies(policies => policies with { DenyCidrs = ["198.51.100.0/24"] });
        await StandIn.UntilAsync(async () => await cluster.GetAsync(new ManifestId("apiextensions.k8s.io/v1", "CustomResourceDefinition", "", "ciliumclusterwidenetworkpolicies.cilium.io"), Token) is not null);

        foreach (var manifest in PolicySet.For(spec))
        {
            Assert.Null(ManifestComparison.FirstDifference(manifest.Content, await cluster.ApplyAsync(manifest, Token)));
        }

        var workloads = await cluster.WorkloadsAsync("kube-system", Token);
        Assert.Contains(workloads, workload => workload is { Kind: "DaemonSet", Name: "cilium", Desired: 3 });
        Assert.Contains(workloads, workload => workload is { Kind: "Deployment", Name: "cilium-operator", Current: true });
    }

    private static ICluster Connect(RehearsedCluster rehearsed) =>
        new KubernetesConnector(TimeProvider.System).Connect(new Sensitive(File.ReadAllText(rehearsed.KubeconfigPath)));

    private static Manifest Thing(string spec) => new(
        new ManifestId("example.org/v1", "Thing", "kube-system", "one"),
        (JsonObject)JsonNode.Parse("""{"apiVersion":"example.org/v1","kind":"Thing","metadata":{"name":"one","namespace":"kube-system"},"spec":""" + spec + "}")!);

    private static Manifest ConfigMap(string ns, string value, bool ours = false)
    {
        var content = (JsonObject)JsonNode.Parse($$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"shared","namespace":"{{ns}}"},"data":{"a":"{{value}}"} }""")!;
        if (ours)
        {
            content["metadata"]!["labels"] = new JsonObject { ["app.kubernetes.io/managed-by"] = "slipway" };
        }

        return new Manifest(new ManifestId("v1", "ConfigMap", ns, "shared"), content);
    }

    private static async Task ApplyAs(RehearsedCluster rehearsed, string manager, Manifest manifest)
    {
        var path = $"/api/v1/namespaces/{manifest.Id.Namespace}/configmaps/{manifest.Id.Name}?fieldManager={manager}&force=true";
        var (code, body) = await rehearsed.PatchAsync(path, "apply-patch+yaml", manifest.Content.ToJsonString());
        Assert.True(code is HttpStatusCode.OK or HttpStatusCode.Created, body.ToJsonString());
    }
}
