using Slipway.Core.Spec;
using YamlDotNet.RepresentationModel;

namespace Slipway.Core.MachineConfig.Generation;

/// <summary>Talos 1.14: v1alpha1 keeps identity and trust, and a document each says the rest.</summary>
internal static class DocumentsDialect
{
    public static YamlMappingNode Main(GenerateRequest request)
    {
        var secrets = request.Secrets;
        var controlPlane = request.Role == NodeRole.ControlPlane;
        return Tree.Map(
            ("version", "v1alpha1"),
            ("debug", Tree.False),
            ("persist", Tree.True),
            ("machine", Tree.Map(
                ("type", controlPlane ? "controlplane" : "worker"),
                ("token", secrets.TrustdToken.Reveal()),
                ("ca", GeneratedParts.Certificate(secrets.Os, withKey: controlPlane)),
                ("certSANs", Tree.Texts([])),
                ("features", Tree.Map(("diskQuotaSupport", Tree.True))))),
            ("cluster", Tree.Map(
                ("token", secrets.BootstrapToken.Reveal()),
                ("etcd", controlPlane ? Tree.Map(("ca", GeneratedParts.Certificate(secrets.Etcd, withKey: true))) : null))));
    }

    public static IEnumerable<YamlMappingNode> ForEveryNode(GenerateRequest request)
    {
        var secrets = request.Secrets;
        var controlPlane = request.Role == NodeRole.ControlPlane;
        yield return Tree.Document("DiscoveryServiceConfig", ("name", "default"), ("endpoint", "https://discovery.talos.dev/"));
        yield return Tree.Document("DiscoveryIdentityConfig", ("clusterID", secrets.ClusterId), ("clusterSecret", secrets.ClusterSecret.Reveal()));
        yield return Tree.Document("ResolverConfig", ("hostDNS", Tree.Map(("enabled", Tree.True), ("forwardKubeDNSToHost", Tree.True))));
        yield return Tree.Document("VolumeConfig", ("name", "EPHEMERAL"), ("mount", Tree.Map(("secure", Tree.True))));
        yield return Tree.Document("FilesystemTrimConfig", ("interval", "168h0m0s"));
        yield return Tree.Document("SecurityProfileConfig", ("workloadIsolation", Tree.True));
        yield return ConfigGenerator.StableHostname();
        yield return Tree.Document("KubeClusterConfig", ("clusterName", request.ClusterName), ("endpoint", GeneratedParts.Endpoint(request.Endpoint)));
        yield return Tree.Document(
            "KubeNodeConfig",
            ("nodeIP", Tree.Map()),
            ("labels", controlPlane ? Tree.Map(("node-role.kubernetes.io/control-plane", ""), ("node.kubernetes.io/exclude-from-external-load-balancers", "")) : null),
            ("taints", controlPlane ? Tree.Map(("node-role.kubernetes.io/control-plane", "NoSchedule")) : null));
        yield return Tree.Document(
            "KubeletConfig",
            ("image", Images.At(Images.Kubelet, request.Kubernetes)),
            ("config", Tree.Map()),
            ("defaultRuntimeSeccompProfileEnabled", Tree.True));
        yield return Tree.Document(
            "KubeNetworkConfig",
            ("dnsDomain", request.Network.DnsDomain),
            ("podSubnets", Tree.Texts(request.Network.PodCidrs)),
            ("serviceSubnets", Tree.Texts(request.Network.ServiceCidrs)));
        // The one Kube*CA document that workers have too, and then without a key.
        yield return Tree.Document(
            "KubeAPIServerCAConfig",
            controlPlane
                ? ("issuingCA", GeneratedParts.PlainCertificate(secrets.Kubernetes))
                : ("acceptedCAs", Tree.List([Tree.Block(secrets.Kubernetes.Certificate)])));
        yield return Tree.Document("KubePrismConfig", ("port", Tree.Number(7445)));
    }

    public static IEnumerable<YamlMappingNode> ForControlPlanes(GenerateRequest request)
    {
        var secrets = request.Secrets;
        yield return Tree.Document("KubeAggregatorCAConfig", ("issuingCA", GeneratedParts.PlainCertificate(secrets.KubernetesAggregator)));
        yield return Tree.Document("KubeAdmissionControlConfig", ("name", "PodSecurity"), ("configuration", GeneratedParts.PodSecurity()));
        yield return Tree.Document("KubeAuditPolicyConfig", ("configuration", GeneratedParts.AuditPolicy()));
        yield return Tree.Document("KubeAuthenticationConfig", ("configuration", Tree.Map(
            ("anonymous", Tree.Map(
                ("conditions", Tree.List([Tree.Map(("path", "/livez")), Tree.Map(("path", "/readyz")), Tree.Map(("path", "/healthz"))])),
                ("enabled", Tree.True))),
            ("jwt", Tree.Texts([])))));
        yield return Tree.Document("KubeAuthorizerConfig", ("name", "node"), ("type", "Node"));
        yield return Tree.Document("KubeAuthorizerConfig", ("name", "rbac"), ("type", "RBAC"));
        yield return Tree.Document("KubeEtcdEncryptionConfig", ("config", Encryption(request)));
        yield return Tree.Document("KubeServiceAccountConfig", ("issuer", Tree.Map(
            ("privateKey", Tree.Block(secrets.KubernetesServiceAccountKey.Reveal())),
            ("issuerURL", GeneratedParts.Endpoint(request.Endpoint)))));
        yield return Tree.Document("KubeAPIServerConfig", ("image", Images.At(Images.ApiServer, request.Kubernetes)));
        yield return Tree.Document("KubeControllerManagerConfig", ("image", Images.At(Images.ControllerManager, request.Kubernetes)));
        yield return Tree.Document("KubeSchedulerConfig", ("image", Images.At(Images.Scheduler, request.Kubernetes)), ("config", Tree.Map()));
        yield return Tree.Document("KubeProxyConfig", ("image", Images.At(Images.Proxy, request.Kubernetes)), ("config", Tree.Map()));
        yield return Tree.Document("KubeFlannelCNIConfig", ("backendType", "vxlan"), ("backendPort", Tree.Number(4789)));
        yield return Tree.Document("KubeCoreDNSConfig", ("enabled", Tree.True));
    }

    /// <summary>Names and order of the keys are those of older versions, or their values could not be decrypted any more.</summary>
    private static YamlMappingNode Encryption(GenerateRequest request)
    {
        var secrets = request.Secrets;
        var providers = new List<YamlNode>();
        if (secrets.SecretboxEncryptionSecret is { } secretbox)
        {
            providers.Add(Provider("secretbox", "key2", secretbox.Reveal()));
        }

        if (secrets.AescbcEncryptionSecret is { } aescbc)
        {
            providers.Add(Provider("aescbc", "key1", aescbc.Reveal()));
        }

        return Tree.Map(("resources", Tree.List([Tree.Map(("providers", Tree.List(providers)), ("resources", Tree.Texts(["secrets"])))])));

        static YamlMappingNode Provider(string kind, string name, string secret) =>
            Tree.Map((kind, Tree.Map(("keys", Tree.List([Tree.Map(("name", name), ("secret", Tree.Text(secret)))])))));
    }
}
