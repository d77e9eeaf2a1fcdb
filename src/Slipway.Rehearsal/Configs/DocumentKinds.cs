using System.Collections.Frozen;
using Slipway.Core.Versions;

namespace Slipway.Rehearsal.Configs;

/// <summary>
/// The kinds of config documents and the Talos minor release that brought each (the JSON schemas of Talos' tags,
/// pkg/machinery/config/schemas). An older node refuses a newer kind, and with it the whole config.
/// </summary>
internal static class DocumentKinds
{
    private static readonly FrozenDictionary<string, int> Since = new (int Minor, string Kinds)[]
    {
        (7, "EventSinkConfig ExtensionServiceConfig KmsgLogConfig NetworkDefaultActionConfig NetworkRuleConfig SideroLinkConfig WatchdogTimerConfig"),
        (8, "KubeSpanEndpointsConfig TrustedRootsConfig VolumeConfig"),
        (10, "EthernetConfig PCIDriverRebindConfig UserVolumeConfig"),
        (11, "ExistingVolumeConfig RawVolumeConfig SwapVolumeConfig ZswapConfig"),
        (12, """
            BondConfig BridgeConfig DHCPv4Config DHCPv6Config DummyLinkConfig HCloudVIPConfig HostnameConfig Layer2VIPConfig LinkAliasConfig
            LinkConfig OOMConfig RegistryAuthConfig RegistryMirrorConfig RegistryTLSConfig ResolverConfig StaticHostConfig TimeSyncConfig
            VLANConfig WireguardConfig
            """),
        (13, """
            BlackholeRouteConfig EnvironmentConfig ExternalVolumeConfig ImageVerificationConfig KubeSpanConfig RoutingRuleConfig TCPProbeConfig
            VRFConfig
            """),
        (14, """
            BGPInstanceConfig CRIBaseRuntimeSpecConfig CRICustomizationConfig ContainerConfig DiscoveryIdentityConfig DiscoveryServiceConfig
            EtcFileConfig FilesystemScrubConfig FilesystemTrimConfig HTTPProbeConfig ImageCacheConfig KernelModuleConfig KubeAPIServerCAConfig
            KubeAPIServerConfig KubeAdmissionControlConfig KubeAggregatorCAConfig KubeAuditPolicyConfig KubeAuthenticationConfig
            KubeAuthorizerConfig KubeClusterConfig KubeControllerManagerConfig KubeCoreDNSConfig KubeCredentialProviderConfig
            KubeEtcdEncryptionConfig KubeExternalManifestConfig KubeFlannelCNIConfig KubeInlineManifestConfig KubeNetworkConfig KubeNodeConfig
            KubePrismConfig KubeProxyConfig KubeSchedulerConfig KubeServiceAccountConfig KubeStaticPodConfig KubeTalosAPIAccessConfig
            KubeletConfig LVMLogicalVolumeConfig LVMVolumeGroupConfig RAIDArrayConfig SecurityProfileConfig SysctlConfig SysfsConfig
            UdevRulesConfig UnattendedInstallConfig VethConfig
            """),
    }.SelectMany(line => Words(line.Kinds).Select(kind => (kind, line.Minor))).ToFrozenDictionary(pair => pair.kind, pair => pair.Minor);

    private static readonly FrozenSet<string> ControlPlaneOnly = Words("""
        KubeAPIServerConfig KubeAdmissionControlConfig KubeAggregatorCAConfig KubeAuditPolicyConfig KubeAuthenticationConfig KubeAuthorizerConfig
        KubeControllerManagerConfig KubeCoreDNSConfig KubeEtcdEncryptionConfig KubeFlannelCNIConfig KubeProxyConfig KubeSchedulerConfig
        KubeServiceAccountConfig KubeTalosAPIAccessConfig
        """).ToFrozenSet();

    public static bool IsKnown(string kind, ReleaseVersion talos) => Since.TryGetValue(kind, out var minor) && talos.IsAtLeast(1, minor);

    public static bool IsControlPlaneOnly(string kind) => ControlPlaneOnly.Contains(kind);

    private static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
