using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Slipway.Core.Secrets;
using YamlDotNet.RepresentationModel;

namespace Slipway.Rehearsal.Configs;

/// <summary>A machine config as a node understands it: what it acts on, read out of v1alpha1 or the newer documents.</summary>
internal sealed class NodeConfig
{
    private readonly YamlNode? _main;
    private readonly IReadOnlyList<YamlNode> _documents;

    private NodeConfig(string text, IReadOnlyList<YamlNode> roots)
    {
        Text = text;
        _main = roots.FirstOrDefault(root => root.TextAt("kind") is null);
        _documents = [.. roots.Where(root => root.TextAt("kind") is not null)];
    }

    /// <summary>As submitted, comments and all. Holds secrets.</summary>
    public string Text { get; }

    /// <summary>The v1alpha1 document; null in a partial config.</summary>
    public YamlNode? Main => _main;

    public IReadOnlyList<YamlNode> Documents => _documents;

    /// <summary>Whether a node can leave maintenance with it.</summary>
    public bool IsComplete => _main is not null && MachineType is not null;

    /// <summary><c>controlplane</c> or <c>worker</c>; Talos' old <c>init</c> counts as the former.</summary>
    public string? MachineType => _main.TextAt("machine", "type") switch
    {
        "init" or "controlplane" => "controlplane",
        "worker" or "join" => "worker",
        _ => null,
    };

    public bool IsControlPlane => MachineType == "controlplane";

    public string? MachineToken => _main.TextAt("machine", "token");

    public string? ClusterToken => _main.TextAt("cluster", "token");

    public PemPair? MachineCa => Pair(_main.At("machine", "ca"));

    public PemPair? EtcdCa => Pair(_main.At("cluster", "etcd", "ca"));

    /// <summary>From 1.14 on a worker carries it among the accepted ones only, for it issues nothing.</summary>
    public PemPair? KubernetesCa => Pair(_main.At("cluster", "ca")) ?? PlainPair(Document("KubeAPIServerCAConfig").At("issuingCA")) ?? Accepted(Document("KubeAPIServerCAConfig"));

    public string? ClusterName => Document("KubeClusterConfig").TextAt("clusterName") ?? _main.TextAt("cluster", "clusterName");

    public string? Endpoint => Document("KubeClusterConfig").TextAt("endpoint") ?? _main.TextAt("cluster", "controlPlane", "endpoint");

    public string? Hostname => Document("HostnameConfig").TextAt("hostname") ?? _main.TextAt("machine", "network", "hostname");

    public IReadOnlyList<string> CertificateNames => _main.TextsAt("machine", "certSANs");

    public IReadOnlyList<string> ApiServerNames =>
        [.. _main.TextsAt("cluster", "apiServer", "certSANs"), .. Document("KubeAPIServerConfig").TextsAt("certSANs")];

    /// <summary>The first range for pods; null leaves it to Talos.</summary>
    public string? PodCidr => Document("KubeNetworkConfig").TextsAt("podSubnets").Concat(_main.TextsAt("cluster", "network", "podSubnets")).FirstOrDefault();

    public string? ServiceCidr => Document("KubeNetworkConfig").TextsAt("serviceSubnets").Concat(_main.TextsAt("cluster", "network", "serviceSubnets")).FirstOrDefault();

    public bool AllowsSchedulingOnControlPlanes => _main.FlagAt("cluster", "allowSchedulingOnControlPlanes");

    public IReadOnlyDictionary<string, string> NodeLabels => Merge(_main.MapAt("machine", "nodeLabels"), Document("KubeNodeConfig").MapAt("labels"));

    public IReadOnlyDictionary<string, string> NodeTaints => Merge(_main.MapAt("machine", "nodeTaints"), Document("KubeNodeConfig").MapAt("taints"));

    /// <summary>Null when it is off.</summary>
    public int? KubePrismPort => Document("KubePrismConfig") is { } document ? int.Parse(document.TextAt("port") ?? "7445", CultureInfo.InvariantCulture)
        : _main.FlagAt("machine", "features", "kubePrism", "enabled") ? int.Parse(_main.TextAt("machine", "features", "kubePrism", "port") ?? "7445", CultureInfo.InvariantCulture)
        : null;

    /// <summary>kubelet's own default is none.</summary>
    public string CpuManagerPolicy => Document("KubeletConfig").TextAt("config", "cpuManagerPolicy") ?? _main.TextAt("machine", "kubelet", "extraConfig", "cpuManagerPolicy") ?? "none";

    public YamlNode? UnattendedInstall => Document("UnattendedInstallConfig");

    public YamlNode? Install => _main.At("machine", "install") is YamlMappingNode { Children.Count: > 0 } install ? install : null;

    public string? InstallImage => UnattendedInstall.TextAt("installer", "image") ?? Install.TextAt("image");

    /// <summary>From Talos 1.14 on an install document without an image does not reboot by itself.</summary>
    public bool InstallReboots => UnattendedInstall is not { } document || (document.TextAt("reboot") is { } said ? said == "true" : InstallImage is not null);

    /// <summary>User sysctls, dots or slashes as written.</summary>
    public IReadOnlyDictionary<string, string> Sysctls => Merge(_main.MapAt("machine", "sysctls"), Document("SysctlConfig").MapAt("params"));

    public IReadOnlyDictionary<string, string> Sysfs => Merge(_main.MapAt("machine", "sysfs"), Document("SysfsConfig").MapAt("params"));

    public IReadOnlyList<string> KernelModules =>
    [
        .. (_main.At("machine", "kernel", "modules") as YamlSequenceNode ?? []).Select(module => module.TextAt("name") ?? ""),
        .. DocumentsOf("KernelModuleConfig").Select(module => module.TextAt("name") ?? ""),
    ];

    public IReadOnlyList<string> KernelArguments => Install.TextsAt("extraKernelArgs");

    public bool KernelArgumentsFromImage => Install.FlagAt("grubUseUKICmdline");

    public YamlNode? Document(string kind) => _documents.FirstOrDefault(document => document.TextAt("kind") == kind);

    public IEnumerable<YamlNode> DocumentsOf(string kind) => _documents.Where(document => document.TextAt("kind") == kind);

    /// <summary>
    /// Which cluster a node with this config belongs to: the Talos CA and the join token decide whom it trusts and who
    /// trusts it. Nodes with different keys never meet.
    /// </summary>
    public string ClusterKey => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{MachineCa?.Certificate.Trim()}\n{ClusterToken}")))[..16];

    /// <summary>Reads what was validated before.</summary>
    public static NodeConfig Of(string text, IReadOnlyList<YamlNode> roots) => new(text, roots);

    private static Dictionary<string, string> Merge(IReadOnlyDictionary<string, string> first, IReadOnlyDictionary<string, string> winner)
    {
        var merged = new Dictionary<string, string>(first);
        foreach (var (key, value) in winner)
        {
            merged[key] = value;
        }

        return merged;
    }

    /// <summary>crt and key as base64 of PEM.</summary>
    private static PemPair? Pair(YamlNode? node)
    {
        if (FromBase64(node.TextAt("crt")) is not { } certificate)
        {
            return null;
        }

        var key = FromBase64(node.TextAt("key"));
        return new PemPair(certificate, key is null ? null : new Sensitive(key));
    }

    private static PemPair? Accepted(YamlNode? document) =>
        document.TextsAt("acceptedCAs") is [var certificate, ..] ? new PemPair(certificate, null) : null;

    private static PemPair? PlainPair(YamlNode? node) =>
        node.TextAt("cert") is { } certificate ? new PemPair(certificate, node.TextAt("key") is { } key ? new Sensitive(key) : null) : null;

    private static string? FromBase64(string? text)
    {
        var buffer = new byte[text?.Length ?? 0];
        return !string.IsNullOrEmpty(text) && Convert.TryFromBase64String(text, buffer, out var length) ? Encoding.UTF8.GetString(buffer, 0, length) : null;
    }
}
