namespace Slipway.Core.Doctor;

/// <summary>What is wanted of a node, as its machine config says it in whichever dialect.</summary>
public sealed record NodeIntent
{
    public static NodeIntent Nothing { get; } = new();

    /// <summary>Sysctls by their key, each with its file under /proc/sys.</summary>
    public IReadOnlyList<KernelSetting> Sysctls { get; init; } = [];

    /// <summary>Settings under /sys.</summary>
    public IReadOnlyList<KernelSetting> Sysfs { get; init; } = [];

    /// <summary>Arguments that /proc/cmdline should show.</summary>
    public IReadOnlyList<string> KernelArguments { get; init; } = [];

    /// <summary>By the link's name.</summary>
    public IReadOnlyDictionary<string, LinkIntent> Links { get; init; } = new Dictionary<string, LinkIntent>();

    /// <summary>Soft limits of containers by their name, such as <c>RLIMIT_NOFILE</c>.</summary>
    public IReadOnlyDictionary<string, long> Limits { get; init; } = new Dictionary<string, long>();

    /// <summary>File names below the kubelet's folder of seccomp profiles.</summary>
    public IReadOnlyList<string> SeccompProfiles { get; init; } = [];

    /// <summary>Extension services that the config configures, without <c>ext-</c>.</summary>
    public IReadOnlyList<string> ExtensionServices { get; init; } = [];

    /// <summary>Kubernetes labels that the node is to bear.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>Port of KubePrism on the node's loopback; null when it is off.</summary>
    public int? KubePrismPort { get; init; }

    /// <summary>kubelet's, such as <c>static</c>; null for its default, which is <c>none</c>.</summary>
    public string? CpuManagerPolicy { get; init; }

    /// <summary>Whether Talos' firewall drops what no rule of it lets in.</summary>
    public bool BlocksIngress { get; init; }

    /// <summary>Extensions that the image carries by the spec's word, as nodes tell their names.</summary>
    public IReadOnlyList<string> Extensions { get; init; } = [];

    /// <summary>The value that an argument <c>name=value</c> gives; null when it is not among the arguments.</summary>
    public string? Argument(string name) =>
        KernelArguments.LastOrDefault(argument => argument.StartsWith(name + "=", StringComparison.Ordinal))?[(name.Length + 1)..];
}

/// <param name="Path">Absolute.</param>
public sealed record KernelSetting(string Key, string Path, string Value);
