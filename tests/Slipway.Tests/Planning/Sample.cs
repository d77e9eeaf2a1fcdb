using System.Text.Json.Nodes;
using Slipway.Core.Planning;
using Slipway.Core.Secrets;
using Slipway.Core.Spec;
using Slipway.Core.Versions;

namespace Slipway.Tests.Planning;

/// <summary>A small cluster for planner tests: every value is plain, nothing is read from a file.</summary>
internal static class Sample
{
    public static DesiredState Desired(int controlPlanes = 3, int workers = 2, string talos = "1.13.9")
    {
        var nodes = Enumerable.Range(1, controlPlanes).Select(i => Node($"cp{i}", NodeRole.ControlPlane, i))
            .Concat(Enumerable.Range(1, workers).Select(i => Node($"w{i}", NodeRole.Worker, 100 + i)))
            .ToList();
        return new DesiredState
        {
            Spec = new ClusterSpec
            {
                Name = "sample",
                Endpoint = new Uri("https://10.0.0.10:6443"),
                Talos = ReleaseVersion.Parse(talos),
                Kubernetes = new ReleaseVersion(1, 34, 1),
                Network = new NetworkSpec { PodCidrs = ["10.244.0.0/16"], ServiceCidrs = ["10.96.0.0/12"] },
                Nodes = nodes,
                Configs = new BaseConfigSpec(),
                SecretsFile = "secrets.yaml",
                Cilium = new CiliumSpec { Version = CiliumSpec.DefaultVersion, Chart = new ChartSource(ChartSourceKind.Folder, "chart") },
                Policies = new PolicySpec(),
                Xdp = new XdpSpec(),
            },
            Configs = nodes.ToDictionary(node => node.Name, node => new Sensitive(Config(node))),
            CiliumValues = new JsonObject { ["MTU"] = 9000, ["hubble"] = new JsonObject { ["enabled"] = true } },
            Policies = [Policy("a"), Policy("b")],
            TalosCa = "talos ca",
            KubernetesCa = "kubernetes ca",
            Talosconfig = new Sensitive("ca: " + Convert.ToBase64String("talos ca"u8)),
            SecretsPath = "/nowhere/secrets.yaml",
            SecretsYaml = new Sensitive("cluster: {}"),
        };
    }

    public static string Config(NodeSpec node) =>
        $"version: v1alpha1\nmachine:\n    type: {NodeIdentityCheck.TalosName(node.Role)}\n    token: secret\n---\napiVersion: v1alpha1\nkind: HostnameConfig\nhostname: {node.Name}\n";

    public static NodeObservation Maintenance(NodeSpec node) => new()
    {
        Name = node.Name,
        Mode = NodeMode.Maintenance,
        Talos = new ReleaseVersion(1, 13, 9),
        Uuid = node.Identity.Uuid,
        Stage = NodeStage.Maintenance,
        Disks = [new DiskObservation("/dev/sda", $"S{node.Name}", null, "disk", 500_000_000_000, false, false)],
    };

    public static NodeObservation Configured(DesiredState desired, NodeSpec node) => Maintenance(node) with
    {
        Mode = NodeMode.Configured,
        Stage = NodeStage.Running,
        Ready = true,
        MachineType = NodeIdentityCheck.TalosName(node.Role),
        Config = desired.Configs[node.Name],
        Disks = [new DiskObservation("/dev/sda", $"S{node.Name}", null, "disk", 500_000_000_000, true, false)],
    };

    public static ObservedState Blank(DesiredState desired) => new(
        desired.Spec.Nodes.ToDictionary(node => node.Name, Maintenance), ClusterObservation.Nothing, new LocalObservation());

    public static ObservedState Converged(DesiredState desired) => new(
        desired.Spec.Nodes.ToDictionary(node => node.Name, node => Configured(desired, node)),
        new ClusterObservation
        {
            Etcd = [.. desired.Spec.ControlPlanes.Select(node => new EtcdMember("1", node.Name, [], false))],
            ApiReady = true,
            Nodes = [.. desired.Spec.Nodes.Select(node => new KubernetesNode(node.Name, true, null, "v1.34.1", []))],
            Release = new ReleaseObservation("cilium", "kube-system", 1, "deployed", "cilium-1.16.19", (JsonObject)desired.CiliumValues.DeepClone()),
            Objects = desired.Policies.ToDictionary(policy => policy.Id, policy => WithServerFields(policy.Content)),
        },
        new LocalObservation { HasSecrets = true, HasKubeconfig = true, HasTalosconfig = true, Bootstrap = new BootstrapRecord("cp1", true) });

    private static JsonObject WithServerFields(JsonObject content)
    {
        var live = (JsonObject)content.DeepClone();
        live["metadata"]!["resourceVersion"] = "7";
        live["status"] = new JsonObject { ["conditions"] = new JsonArray() };
        return live;
    }

    private static NodeSpec Node(string name, NodeRole role, int number) => new()
    {
        Name = name,
        Address = $"10.0.0.{number}",
        Role = role,
        Identity = new NodeIdentity { Uuid = $"00000000-0000-0000-0000-{number:D12}" },
        Install = new InstallSpec { Serial = $"S{name}" },
    };

    private static Manifest Policy(string name) => new(
        new ManifestId("cilium.io/v2", "CiliumClusterwideNetworkPolicy", "", name),
        new JsonObject
        {
            ["apiVersion"] = "cilium.io/v2",
            ["kind"] = "CiliumClusterwideNetworkPolicy",
            ["metadata"] = new JsonObject { ["name"] = name },
            ["spec"] = new JsonObject { ["ingress"] = new JsonArray(new JsonObject { ["fromEntities"] = new JsonArray("cluster") }) },
        });
}
