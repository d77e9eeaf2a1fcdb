namespace Slipway.Tests.Rehearsal.Kubernetes;

public sealed class KubectlTests
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
              tolerations: [{operator: Exists}]
              containers: [{name: web, image: example/web:1}]
        """;

    [Fact]
    public async Task Shows_nodes_and_pods_as_tables()
    {
        await using var cluster = await RehearsedCluster.StartAsync();
        var kubectl = Tool.Kubectl(cluster);
        await kubectl.MustAsync("wait", "--for=create", "node/worker-2", "pod/kube-scheduler-cp-1", "-n", "kube-system", "--timeout=60s");

        var nodes = await kubectl.MustAsync("get", "nodes", "-o", "wide");
        Assert.Matches(@"cp-1\s+NotReady\s+control-plane\s+\S+\s+v1\.35\.2\s+10\.0\.0\.1", nodes);
        Assert.Matches(@"worker-1\s+NotReady\s+<none>", nodes);
        Assert.Matches(@"NAMESPACE\s+NAME\s+READY\s+STATUS\s+RESTARTS\s+AGE", await kubectl.MustAsync("get", "pods", "-A"));
        Assert.Matches(@"coredns\s+0/2", await kubectl.MustAsync("get", "deployments", "-n", "kube-system"));
    }

    [Fact]
    public async Task Applies_changes_waits_and_deletes()
    {
        await using var cluster = await RehearsedCluster.StartAsync();
        var kubectl = Tool.Kubectl(cluster);
        var file = Write(cluster, Web);
        Assert.Contains("deployment.apps/web created", await kubectl.MustAsync("apply", "-f", file));
        Assert.Contains("successfully rolled out", await kubectl.MustAsync("rollout", "status", "deployment/web", "--timeout=60s"));

        Assert.Contains("deployment.apps/web unchanged", await kubectl.MustAsync("apply", "-f", file));
        Write(cluster, Web.Replace("web:1", "web:2", StringComparison.Ordinal));
        Assert.Contains("deployment.apps/web configured", await kubectl.MustAsync("apply", "-f", file));
        await kubectl.MustAsync("rollout", "status", "deployment/web", "--timeout=60s");
        Assert.Equal("example/web:2 example/web:2", await kubectl.MustAsync("get", "pods", "-l", "app=web", "-o", "jsonpath={.items[*].spec.containers[0].image}"));

        Assert.Contains("serverside-applied", await kubectl.MustAsync("apply", "--server-side", "-f", file));
        await kubectl.MustAsync("wait", "--for=condition=Available", "deployment/web", "--timeout=60s");

        await kubectl.MustAsync("delete", "-f", file, "--cascade=foreground", "--timeout=60s");
        Assert.Contains("No resources found", await kubectl.MustAsync("get", "deployments,replicasets,pods"));
    }

    [Fact]
    public async Task Is_told_of_a_misspelt_field()
    {
        await using var cluster = await RehearsedCluster.StartAsync();
        var kubectl = Tool.Kubectl(cluster);
        var file = Write(cluster, Web.Replace("replicas", "replica", StringComparison.Ordinal));

        foreach (var mode in (string[][])[[], ["--server-side"]])
        {
            var (exit, output) = await kubectl.RunAsync(["apply", .. mode, "-f", file]);
            Assert.NotEqual(0, exit);
            Assert.Contains("strict decoding error: unknown field \"spec.replica\"", output);
        }
    }

    [Fact]
    public async Task Sees_the_kinds_of_a_new_definition_at_once()
    {
        await using var cluster = await RehearsedCluster.StartAsync();
        var kubectl = Tool.Kubectl(cluster);
        await kubectl.MustAsync("apply", "-f", Write(cluster, """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: boats.example.org}
            spec:
              group: example.org
              scope: Namespaced
              names: {kind: Boat, plural: boats, shortNames: [bt]}
              versions:
                - name: v1
                  served: true
                  storage: true
                  additionalPrinterColumns: [{name: Sails, type: integer, jsonPath: .spec.sails}]
                  schema:
                    openAPIV3Schema:
                      type: object
                      required: [spec]
                      properties:
                        spec: {type: object, required: [sails], properties: {sails: {type: integer, minimum: 1}, rig: {type: string, enum: [sloop, ketch]}}}
            """));
        await kubectl.MustAsync("wait", "--for=condition=Established", "crd/boats.example.org", "--timeout=30s");

        const string Boat = "apiVersion: example.org/v1\nkind: Boat\nmetadata: {name: dory}\nspec: {sails: 2, rig: sloop}\n";
        await kubectl.MustAsync("apply", "-f", Write(cluster, Boat));
        Assert.Matches(@"NAME\s+SAILS\s+dory\s+2", await kubectl.MustAsync("get", "bt"));

        var (_, wrong) = await kubectl.RunAsync("apply", "-f", Write(cluster, Boat.Replace("sails: 2, rig: sloop", "sails: 0, rig: raft", StringComparison.Ordinal)));
        Assert.Contains("spec.sails", wrong);
        Assert.Contains("supported values: \"sloop\", \"ketch\"", wrong);
    }

    [Fact]
    public async Task Drains_a_node_by_eviction_and_leaves_its_static_pods()
    {
        await using var cluster = await RehearsedCluster.StartAsync();
        var kubectl = Tool.Kubectl(cluster);
        await kubectl.MustAsync("apply", "-f", Write(cluster, Web));
        await kubectl.MustAsync("rollout", "status", "deployment/web", "--timeout=60s");
        Assert.Contains("Username", await kubectl.MustAsync("auth", "whoami"), StringComparison.OrdinalIgnoreCase);

        var node = await kubectl.MustAsync("get", "pods", "-l", "app=web", "-o", "jsonpath={.items[0].spec.nodeName}");
        Assert.Contains("evicted", await kubectl.MustAsync("drain", node, "--ignore-daemonsets", "--timeout=60s"));
        Assert.Contains("SchedulingDisabled", await kubectl.MustAsync("get", "node", node));

        Assert.DoesNotContain("kube-apiserver", await kubectl.MustAsync("drain", "cp-1", "--ignore-daemonsets", "--force", "--timeout=60s"));
    }

    private static string Write(RehearsedCluster cluster, string yaml)
    {
        var path = Path.Combine(cluster.Folder.FullName, "manifest.yaml");
        File.WriteAllText(path, yaml);
        return path;
    }
}
