using Slipway.Core.Secrets;
using Slipway.Core.Spec;
using YamlDotNet.RepresentationModel;

namespace Slipway.Core.MachineConfig.Generation;

/// <summary>Talos 1.10 to 1.13: one v1alpha1 document says nearly everything.</summary>
internal static class ClassicDialect
{
    public static YamlMappingNode Main(GenerateRequest request, VersionContract contract) => Tree.Map(
        ("version", "v1alpha1"),
        ("debug", Tree.False),
        ("persist", Tree.True),
        ("machine", Machine(request, contract)),
        ("cluster", Cluster(request, contract)));

    private static YamlMappingNode Machine(GenerateRequest request, VersionContract contract)
    {
        var controlPlane = request.Role == NodeRole.ControlPlane;
        return Tree.Map(
            ("type", controlPlane ? "controlplane" : "worker"),
            ("token", request.Secrets.TrustdToken.Reveal()),
            ("ca", GeneratedParts.Certificate(request.Secrets.Os, withKey: controlPlane)),
            ("certSANs", Tree.Texts([])),
            ("kubelet", Tree.Map(
                ("image", Images.At(Images.Kubelet, request.Kubernetes)),
                ("defaultRuntimeSeccompProfileEnabled", Tree.True),
                ("disableManifestsDirectory", Tree.True))),
            ("install", Tree.Map(("wipe", Tree.False), ("grubUseUKICmdline", contract.UkiCmdline ? Tree.True : null))),
            ("features", Tree.Map(
                ("rbac", contract.FeatureFlags ? Tree.True : null),
                ("stableHostname", contract.FeatureFlags ? Tree.True : null),
                ("apidCheckExtKeyUsage", contract.FeatureFlags ? Tree.True : null),
                ("diskQuotaSupport", Tree.True),
                ("kubePrism", Tree.Map(("enabled", Tree.True), ("port", Tree.Number(7445)))),
                ("hostDNS", Tree.Map(("enabled", Tree.True), ("forwardKubeDNSToHost", Tree.True))))),
            ("nodeLabels", controlPlane ? Tree.Map(("node.kubernetes.io/exclude-from-external-load-balancers", "")) : null));
    }

    private static YamlMappingNode Cluster(GenerateRequest request, VersionContract contract)
    {
        var secrets = request.Secrets;
        var everywhere = new List<(string, YamlNode?)>
        {
            ("id", secrets.ClusterId),
            ("secret", secrets.ClusterSecret.Reveal()),
            ("controlPlane", Tree.Map(("endpoint", GeneratedParts.Endpoint(request.Endpoint)))),
            ("clusterName", request.ClusterName),
            ("network", Tree.Map(
                ("dnsDomain", request.Network.DnsDomain),
                ("podSubnets", Tree.Texts(request.Network.PodCidrs)),
                ("serviceSubnets", Tree.Texts(request.Network.ServiceCidrs)))),
            ("token", secrets.BootstrapToken.Reveal()),
        };
        var discovery = Tree.Map(
            ("enabled", Tree.True),
            ("registries", Tree.Map(("kubernetes", Tree.Map(("disabled", Tree.True))), ("service", Tree.Map()))));
        return request.Role == NodeRole.ControlPlane
            ? Tree.Map([.. everywhere, .. ControlPlane(request, contract), ("discovery", discovery), ("etcd", Tree.Map(("ca", GeneratedParts.Certificate(secrets.Etcd, withKey: true))))])
            : Tree.Map([.. everywhere, ("ca", GeneratedParts.Certificate(secrets.Kubernetes, withKey: false)), ("discovery", discovery)]);
    }

    private static IEnumerable<(string, YamlNode?)> ControlPlane(GenerateRequest request, VersionContract contract)
    {
        var secrets = request.Secrets;
        yield return ("secretboxEncryptionSecret", secrets.SecretboxEncryptionSecret?.Reveal() is { } secretbox ? Tree.Text(secretbox) : null);
        yield return ("aescbcEncryptionSecret", secrets.AescbcEncryptionSecret?.Reveal() is { } aescbc ? Tree.Text(aescbc) : null);
        yield return ("ca", GeneratedParts.Certificate(secrets.Kubernetes, withKey: true));
        yield return ("aggregatorCA", GeneratedParts.Certificate(secrets.KubernetesAggregator, withKey: true));
        yield return ("serviceAccount", Tree.Map(("key", Tree.Text(SecretsYaml.Encode(secrets.KubernetesServiceAccountKey.Reveal())))));
        yield return ("apiServer", Tree.Map(
            ("image", Images.At(Images.ApiServer, request.Kubernetes)),
            ("certSANs", contract.ApiServerExtras ? Tree.Texts([request.Endpoint.Host]) : null),
            ("disablePodSecurityPolicy", contract.ApiServerExtras ? Tree.True : null),
            ("admissionControl", Tree.List([Tree.Map(("name", "PodSecurity"), ("configuration", GeneratedParts.PodSecurity()))])),
            ("auditPolicy", GeneratedParts.AuditPolicy())));
        yield return ("controllerManager", Tree.Map(("image", Images.At(Images.ControllerManager, request.Kubernetes))));
        yield return ("proxy", Tree.Map(("image", Images.At(Images.Proxy, request.Kubernetes))));
        yield return ("scheduler", Tree.Map(("image", Images.At(Images.Scheduler, request.Kubernetes))));
    }
}
