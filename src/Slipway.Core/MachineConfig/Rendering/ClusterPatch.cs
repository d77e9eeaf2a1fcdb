using Slipway.Core.MachineConfig.Documents;
using Slipway.Core.MachineConfig.Generation;
using Slipway.Core.Spec;
using YamlDotNet.RepresentationModel;

namespace Slipway.Core.MachineConfig.Rendering;

/// <summary>What is the same on all nodes: endpoint, names, address ranges, Kubernetes version.</summary>
internal static class ClusterPatch
{
    private const string Legacy = ConfigDocument.LegacyKind;

    public static IEnumerable<YamlMappingNode> For(BaseConfig config, RenderRequest request)
    {
        var spec = request.Spec;
        var names = Tree.Texts(new[] { spec.Endpoint.Host.Trim('[', ']'), request.Node.Address }.Distinct());
        yield return Tree.Map(("machine", Tree.Map(("certSANs", names))));

        yield return config.UsesDocuments(NodePatches.Documents, "cluster.clusterName", "cluster.controlPlane")
            ? Tree.Document("KubeClusterConfig", ("clusterName", Tree.Text(spec.Name)), ("endpoint", Tree.Text(GeneratedParts.Endpoint(spec.Endpoint))))
            : Cluster(("clusterName", Tree.Text(spec.Name)), ("controlPlane", Tree.Map(("endpoint", Tree.Text(GeneratedParts.Endpoint(spec.Endpoint))))));

        (string, YamlNode?)[] network =
        [
            ("dnsDomain", Tree.Text(spec.Network.DnsDomain)),
            ("podSubnets", Tree.Texts(spec.Network.PodCidrs)),
            ("serviceSubnets", Tree.Texts(spec.Network.ServiceCidrs)),
        ];
        yield return config.UsesDocuments(NodePatches.Documents, "cluster.network")
            ? Tree.Document("KubeNetworkConfig", network)
            : Cluster(("network", Tree.Map(network)));

        yield return config.UsesDocuments(NodePatches.Documents, "machine.kubelet")
            ? Tree.Document("KubeletConfig", ("image", Image("KubeletConfig", "image", Images.Kubelet)))
            : Tree.Map(("machine", Tree.Map(("kubelet", Tree.Map(("image", Image(Legacy, "machine.kubelet.image", Images.Kubelet)))))));

        if (request.Node.Role == NodeRole.Worker)
        {
            yield break;
        }

        yield return Part("KubeAPIServerConfig", "apiServer", Images.ApiServer, "certExtraSANs", "certSANs");
        yield return Part("KubeControllerManagerConfig", "controllerManager", Images.ControllerManager);
        yield return Part("KubeSchedulerConfig", "scheduler", Images.Scheduler);

        YamlMappingNode Part(string kind, string field, string repository, string? names14 = null, string? namesClassic = null) =>
            config.UsesDocuments(NodePatches.Documents, $"cluster.{field}")
                ? Tree.Document(kind, [("image", Image(kind, "image", repository)), .. Names(names14)])
                : Cluster((field, Tree.Map([("image", Image(Legacy, $"cluster.{field}.image", repository)), .. Names(namesClassic)])));

        IEnumerable<(string, YamlNode?)> Names(string? key) => key is null ? [] : [(key, names.Copy())];

        // A mirror that the base config names stays; only its tag follows the spec.
        YamlScalarNode Image(string kind, string path, string repository) =>
            Tree.Text(config.Text(kind, path) is { } there ? Images.Retag(there, spec.Kubernetes) : Images.At(repository, spec.Kubernetes));
    }

    private static YamlMappingNode Cluster(params IEnumerable<(string, YamlNode?)> fields) => Tree.Map(("cluster", Tree.Map(fields)));
}
