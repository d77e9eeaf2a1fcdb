using System.Net;
using System.Text.Json.Nodes;
using Slipway.Rehearsal.Kubernetes.Json;

namespace Slipway.Tests.Rehearsal.Kubernetes;

/// <summary>What the wire must look like where the real tools do not go, or do not show it.</summary>
public sealed class ProtocolTests
{
    private const string ConfigMaps = "/api/v1/namespaces/default/configmaps";

    [Fact]
    public async Task Strangers_get_401_but_may_ask_for_health_and_version()
    {
        await using var cluster = await RehearsedCluster.StartAsync();
        using var stranger = cluster.AnonymousClient();
        foreach (var path in (string[])["/readyz", "/livez", "/healthz", "/version"])
        {
            Assert.Equal(HttpStatusCode.OK, (await stranger.GetAsync(path, TestContext.Current.CancellationToken)).StatusCode);
        }

        using var answer = await stranger.GetAsync("/api/v1/nodes", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("Unauthorized", JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Text("reason"));
    }

    [Fact]
    public async Task Errors_are_status_objects()
    {
        await using var cluster = await RehearsedCluster.StartAsync();
        var (code, status) = await cluster.GetAsync($"{ConfigMaps}/none");
        Assert.Equal(HttpStatusCode.NotFound, code);
        Assert.Equal(("Status", "NotFound", "configmaps"), (status.Text("kind"), status.Text("reason"), status.Text("details", "kind")));

        (code, status) = await cluster.PostAsync("/api/v1/namespaces/nowhere/configmaps", """{"metadata":{"name":"a"}}""");
        Assert.Equal(HttpStatusCode.NotFound, code);
        Assert.Equal("namespaces \"nowhere\" not found", status.Text("message"));

        foreach (var body in (string[])["{", "[]", "", """{"metadata":{"name":"a","name":"b"}}""", new string('[', 500)])
        {
            (code, _) = await cluster.PostAsync(ConfigMaps, body);
            Assert.Equal(HttpStatusCode.BadRequest, code);
        }
    }

    [Fact]
    public async Task An_update_of_an_old_version_is_refused()
    {
        await using var cluster = await RehearsedCluster.StartAsync();
        var (_, made) = await cluster.PostAsync(ConfigMaps, """{"metadata":{"name":"a"},"data":{"x":"1"}}""");
        await cluster.PatchAsync($"{ConfigMaps}/a", "merge-patch+json", """{"data":{"x":"2"}}""");

        made["data"]!["x"] = "3";
        var (code, status) = await cluster.SendAsync(HttpMethod.Put, $"{ConfigMaps}/a", made.ToJsonString());
        Assert.Equal(HttpStatusCode.Conflict, code);
        Assert.Contains("the object has been modified", status.Text("message"));
    }

    [Fact]
    public async Task A_dry_run_answers_as_if_and_changes_nothing()
    {
        await using var cluster = await RehearsedCluster.StartAsync();
        var (code, made) = await cluster.PostAsync($"{ConfigMaps}?dryRun=All", """{"metadata":{"name":"a"}}""");
        Assert.Equal(HttpStatusCode.Created, code);
        Assert.Equal("a", made.Text("metadata", "name"));
        Assert.Equal(HttpStatusCode.NotFound, (await cluster.GetAsync($"{ConfigMaps}/a")).Code);
    }

    [Fact]
    public async Task Applying_the_same_again_makes_no_new_version()
    {
        await using var cluster = await RehearsedCluster.StartAsync();
        const string Config = """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"},"data":{"x":"1"}}""";
        var (first, one) = await cluster.PatchAsync($"{ConfigMaps}/a?fieldManager=me", "apply-patch+yaml", Config);
        var (second, two) = await cluster.PatchAsync($"{ConfigMaps}/a?fieldManager=me", "apply-patch+yaml", Config);
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK), (first, second));
        Assert.Equal(one.Text("metadata", "resourceVersion"), two.Text("metadata", "resourceVersion"));
    }

    [Fact]
    public async Task What_an_apply_drops_goes_unless_somebody_else_has_it_too()
    {
        await using var cluster = await RehearsedCluster.StartAsync();
        const string Both = """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"},"data":{"x":"1","y":"2"}}""";
        const string Shared = """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"},"data":{"y":"2"}}""";
        const string Less = """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"},"data":{}}""";
        await cluster.PatchAsync($"{ConfigMaps}/a?fieldManager=me", "apply-patch+yaml", Both);
        await cluster.PatchAsync($"{ConfigMaps}/a?fieldManager=you", "apply-patch+yaml", Shared);
        var (_, left) = await cluster.PatchAsync($"{ConfigMaps}/a?fieldManager=me", "apply-patch+yaml", Less);
        Assert.Equal("""{"y":"2"}""", left["data"]!.ToJsonString());

        var (code, conflict) = await cluster.PatchAsync($"{ConfigMaps}/a?fieldManager=me", "apply-patch+yaml", Shared.Replace("2", "3", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.Conflict, code);
        Assert.Equal("FieldManagerConflict", conflict.Items("details", "causes").Single().Text("reason"));
        Assert.Equal(".data.y", conflict.Items("details", "causes").Single().Text("field"));
    }

    [Fact]
    public async Task A_watch_tells_what_is_there_then_that_this_was_all_then_what_happens()
    {
        await using var cluster = await RehearsedCluster.StartAsync();
        await cluster.PostAsync(ConfigMaps, """{"metadata":{"name":"a","labels":{"app":"x"}}}""");
        using var stream = new StreamReader(await cluster.Http.GetStreamAsync(
            $"{ConfigMaps}?watch=true&sendInitialEvents=true&allowWatchBookmarks=true&resourceVersionMatch=NotOlderThan&labelSelector=app%3Dx", TestContext.Current.CancellationToken));
        async Task<(string?, JsonNode?)> NextAsync()
        {
            var line = JsonNode.Parse((await stream.ReadLineAsync(TestContext.Current.CancellationToken))!);
            return (line.Text("type"), line.At("object"));
        }

        Assert.Equal("ADDED", (await NextAsync()).Item1);
        var (type, bookmark) = await NextAsync();
        Assert.Equal(("BOOKMARK", "true"), (type, bookmark.Text("metadata", "annotations", "k8s.io/initial-events-end")));

        await cluster.PatchAsync($"{ConfigMaps}/a", "merge-patch+json", """{"metadata":{"labels":{"app":null}}}""");
        Assert.Equal("DELETED", (await NextAsync()).Item1);
    }

    [Fact]
    public async Task A_watch_from_a_forgotten_version_is_told_410()
    {
        await using var cluster = await RehearsedCluster.StartAsync();
        await cluster.PostAsync(ConfigMaps, """{"metadata":{"name":"a"}}""");
        cluster.Store.ForgetHistory();
        using var stream = new StreamReader(await cluster.Http.GetStreamAsync($"{ConfigMaps}?watch=true&resourceVersion=1", TestContext.Current.CancellationToken));
        var line = JsonNode.Parse((await stream.ReadLineAsync(TestContext.Current.CancellationToken))!);
        Assert.Equal(("ERROR", 410L), (line.Text("type"), line.Number("object", "code")));
    }

    [Fact]
    public async Task Nothing_is_lost_while_the_server_is_away()
    {
        await using var cluster = await RehearsedCluster.StartAsync();
        await cluster.PostAsync(ConfigMaps, """{"metadata":{"name":"a"}}""");
        cluster.Api.Available = false;
        await Assert.ThrowsAsync<HttpRequestException>(() => cluster.GetAsync($"{ConfigMaps}/a"));
        cluster.Api.Available = true;
        Assert.Equal(HttpStatusCode.OK, (await cluster.GetAsync($"{ConfigMaps}/a")).Code);
    }

    [Fact]
    public async Task A_long_list_comes_in_pages()
    {
        await using var cluster = await RehearsedCluster.StartAsync();
        foreach (var name in (string[])["a", "b", "c"])
        {
            await cluster.PostAsync(ConfigMaps, $$$"""{"metadata":{"name":"{{{name}}}"}}""");
        }

        var (_, first) = await cluster.GetAsync($"{ConfigMaps}?limit=2");
        var (_, second) = await cluster.GetAsync($"{ConfigMaps}?limit=2&continue={Uri.EscapeDataString(first.Text("metadata", "continue")!)}");
        Assert.Equal(["a", "b", "c"], first.Items("items").Concat(second.Items("items")).Select(item => item.Text("metadata", "name")));
        Assert.Null(second.Text("metadata", "continue"));
    }
}
