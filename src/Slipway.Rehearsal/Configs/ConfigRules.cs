using Slipway.Core.Versions;
using Slipway.Rehearsal.Hardware;
using YamlDotNet.RepresentationModel;

namespace Slipway.Rehearsal.Configs;

internal sealed record ConfigRuleContext(NodeConfig Config, ReleaseVersion Talos, NodeHardware Hardware, bool Installed);

/// <summary>The rules of <see cref="ConfigReader"/>: each gives the errors it found, none stops the others.</summary>
internal static class ConfigRules
{
    private static readonly string[] RootKeys = ["version", "debug", "persist", "machine", "cluster"];

    private static readonly string[] MachineKeys =
    [
        "type", "token", "ca", "acceptedCAs", "certSANs", "controlPlane", "kubelet", "pods", "network", "disks", "install", "files", "env", "time",
        "sysctls", "sysfs", "registries", "systemDiskEncryption", "features", "udev", "logging", "kernel", "seccompProfiles",
        "baseRuntimeSpecOverrides", "nodeLabels", "nodeAnnotations", "nodeTaints",
    ];

    private static readonly string[] ClusterKeys =
    [
        "id", "secret", "controlPlane", "clusterName", "network", "token", "aescbcEncryptionSecret", "secretboxEncryptionSecret", "ca", "acceptedCAs",
        "aggregatorCA", "serviceAccount", "apiServer", "controllerManager", "proxy", "scheduler", "discovery", "etcd", "coreDNS",
        "externalCloudProvider", "extraManifests", "extraManifestHeaders", "inlineManifests", "adminKubeconfig", "allowSchedulingOnMasters",
        "allowSchedulingOnControlPlanes",
    ];

    public static IReadOnlyList<Func<ConfigRuleContext, IEnumerable<string>>> All { get; } =
        [UnknownKeys, MachineIdentity, ClusterIdentity, ControlPlaneSecrets, ControlPlaneOnlyKinds, InstallTarget, KernelArguments, OldAndNewTogether];

    public static IEnumerable<string> Warnings(ConfigRuleContext context)
    {
        if (context.Config.Install is not null && context.Talos.IsAtLeast(1, 14))
        {
            yield return ".machine.install is deprecated, use UnattendedInstallConfig instead";
        }

        if (context.Config.KernelArguments.Count > 0)
        {
            yield return ".machine.install.extraKernelArgs has no effect with systemd-boot";
        }
    }

    private static IEnumerable<string> UnknownKeys(ConfigRuleContext context)
    {
        var main = context.Config.Main;
        return Unknown(main, "", RootKeys).Concat(Unknown(main.At("machine"), "machine.", MachineKeys)).Concat(Unknown(main.At("cluster"), "cluster.", ClusterKeys));
    }

    private static IEnumerable<string> Unknown(YamlNode? node, string prefix, string[] known) =>
        node.Keys().Where(key => !known.Contains(key)).Select(key => $"unknown keys found during decoding: {prefix}{key}");

    private static IEnumerable<string> MachineIdentity(ConfigRuleContext context)
    {
        if (context.Config is not { Main: { } main } config)
        {
            yield break;
        }

        if (config.MachineType is null)
        {
            yield return main.TextAt("machine", "type") is { } type ? $"machine type \"{type}\" is not supported" : "machine type is required";
        }

        if (config.MachineToken is null)
        {
            yield return "machine.token is required";
        }

        if (config.MachineCa is null)
        {
            yield return "trusted CA certificate is required (machine.ca.crt)";
        }
        else if (config.IsControlPlane && config.MachineCa.Key is null)
        {
            yield return "issuing Talos API CA key is required for control plane nodes (machine.ca.key)";
        }
    }

    private static IEnumerable<string> ClusterIdentity(ConfigRuleContext context)
    {
        if (context.Config is not { Main: not null } config)
        {
            yield break;
        }

        if (config.ClusterToken is null)
        {
            yield return "cluster.token is required";
        }

        if (config.Endpoint is null)
        {
            yield return "cluster controlplane endpoint is required";
        }
        else if (!Uri.TryCreate(config.Endpoint, UriKind.Absolute, out var endpoint) || endpoint.Scheme != Uri.UriSchemeHttps)
        {
            yield return $"invalid controlplane endpoint: '{config.Endpoint}' is not an https URL";
        }
    }

    private static IEnumerable<string> ControlPlaneSecrets(ConfigRuleContext context)
    {
        var config = context.Config;
        if (!config.IsControlPlane)
        {
            yield break;
        }

        // From 1.14 on the node starts without an etcd CA and refuses only Bootstrap.
        if (config.EtcdCa?.Key is null && !context.Talos.IsAtLeast(1, 14))
        {
            yield return "key/cert pair is required for etcd CA (cluster.etcd.ca)";
        }

        var encrypted = config.Main.TextAt("cluster", "secretboxEncryptionSecret") ?? config.Main.TextAt("cluster", "aescbcEncryptionSecret");
        if (config.KubernetesCa is not null && encrypted is null && config.Document("KubeEtcdEncryptionConfig") is null)
        {
            yield return "either secretbox or aescbc encryption secret is required for control plane nodes";
        }
    }

    private static IEnumerable<string> ControlPlaneOnlyKinds(ConfigRuleContext context) => context.Config.MachineType != "worker"
        ? []
        : context.Config.Documents
            .Select(document => document.TextAt("kind")!)
            .Where(DocumentKinds.IsControlPlaneOnly)
            .Select(kind => $"document \"{kind}\" is only allowed on control plane nodes");

    private static IEnumerable<string> InstallTarget(ConfigRuleContext context)
    {
        var config = context.Config;
        if (config.Main is null || context.Installed)
        {
            yield break;
        }

        if (config.Install is null && config.UnattendedInstall is null)
        {
            if (!context.Talos.IsAtLeast(1, 14))
            {
                yield return "install instructions are required in \"metal\" mode";
            }
        }
        else if (InstallTargets.Find(config, context.Hardware) is null)
        {
            yield return "no disk matches the install disk selector of the config";
        }
    }

    private static IEnumerable<string> KernelArguments(ConfigRuleContext context) =>
        context.Config is { KernelArgumentsFromImage: true, KernelArguments.Count: > 0 }
            ? ["install.extraKernelArgs and install.grubUseUKICmdline can't be used together"]
            : [];

    private static IEnumerable<string> OldAndNewTogether(ConfigRuleContext context)
    {
        var config = context.Config;
        (string Kind, string[] Path)[] pairs =
        [
            ("UnattendedInstallConfig", ["machine", "install"]),
            ("KubeletConfig", ["machine", "kubelet"]),
            ("KubeNetworkConfig", ["cluster", "network"]),
            ("KubeProxyConfig", ["cluster", "proxy"]),
            ("KubeAPIServerConfig", ["cluster", "apiServer"]),
            ("KubeClusterConfig", ["cluster", "clusterName"]),
            ("KubePrismConfig", ["machine", "features", "kubePrism"]),
        ];
        return pairs
            .Where(pair => config.Document(pair.Kind) is not null && config.Main.At(pair.Path) is not null)
            .Select(pair => $"{pair.Kind} conflicts with .{string.Join('.', pair.Path)} in the v1alpha1 config");
    }
}
