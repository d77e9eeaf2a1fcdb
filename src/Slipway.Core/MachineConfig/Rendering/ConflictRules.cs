using Slipway.Core.Diagnostics;
using Slipway.Core.MachineConfig.Documents;
using Slipway.Core.Versions;
using YamlDotNet.RepresentationModel;

namespace Slipway.Core.MachineConfig.Rendering;

/// <summary>
/// Pairs of a document and a field of v1alpha1 that say the same thing: Talos refuses a config that has both. Usually it is
/// a patch written for an older version (V1Alpha1ConflictValidate in Talos pkg/machinery/config/types).
/// </summary>
internal static class ConflictRules
{
    private static readonly (string Kind, string Field)[] Pairs =
    [
        ("HostnameConfig", "machine.network.hostname"),
        ("HostnameConfig", "machine.features.stableHostname"),
        ("KubeAPIServerConfig", "cluster.apiServer"),
        ("KubeAPIServerCAConfig", "cluster.ca"),
        ("KubeAggregatorCAConfig", "cluster.aggregatorCA"),
        ("KubeClusterConfig", "cluster.clusterName"),
        ("KubeClusterConfig", "cluster.controlPlane.endpoint"),
        ("KubeControllerManagerConfig", "cluster.controllerManager"),
        ("KubeCoreDNSConfig", "cluster.coreDNS"),
        ("KubeFlannelCNIConfig", "cluster.network.cni"),
        ("KubeNetworkConfig", "cluster.network"),
        ("KubeNodeConfig", "machine.nodeLabels"),
        ("KubeNodeConfig", "machine.nodeAnnotations"),
        ("KubeNodeConfig", "machine.nodeTaints"),
        ("KubeNodeConfig", "cluster.allowSchedulingOnControlPlanes"),
        ("KubePrismConfig", "machine.features.kubePrism"),
        ("KubeProxyConfig", "cluster.proxy"),
        ("KubeSchedulerConfig", "cluster.scheduler"),
        ("KubeServiceAccountConfig", "cluster.serviceAccount"),
        ("KubeletConfig", "machine.kubelet"),
        ("DiscoveryIdentityConfig", "cluster.id"),
        ("DiscoveryIdentityConfig", "cluster.secret"),
        ("DiscoveryServiceConfig", "cluster.discovery"),
        ("ResolverConfig", "machine.network.nameservers"),
        ("ResolverConfig.hostDNS", "machine.features.hostDNS"),
        ("UnattendedInstallConfig", "machine.install"),
    ];

    public static IEnumerable<Diagnostic> Check(string file, ReleaseVersion talos, IReadOnlyList<ConfigDocument> documents)
    {
        var config = new BaseConfig(talos, documents);
        foreach (var (kind, field) in Pairs)
        {
            if (IsThere(kind) && config.Find(ConfigDocument.LegacyKind, field) is YamlNode found and not YamlMappingNode { Children.Count: 0 })
            {
                yield return new Diagnostic
                {
                    Severity = Severity.Error,
                    File = file,
                    Line = (int)found.Start.Line,
                    Column = (int)found.Start.Column,
                    Path = field,
                    Message = $"{field} and the document {kind} say the same thing, and Talos {talos} refuses both together",
                    Expected = $"only {kind}",
                    Hint = $"write the patch for {kind}: it may have been made for an older Talos",
                };
            }
        }

        // A dot leads to a field: ResolverConfig may stand beside the old host DNS as long as it does not speak of it.
        bool IsThere(string kind) => kind.Split('.', 2) is [var name, var field]
            ? config.Find(name, field) is not null
            : documents.Any(document => document.Kind == kind);
    }
}
