namespace Slipway.Core.Doctor;

/// <summary>What a running node tells beyond an observation. Lists are empty where the version or our role does not tell.</summary>
public sealed record NodeDetail
{
    public static NodeDetail Nothing { get; } = new();

    /// <summary>By absolute path, those that checks asked for.</summary>
    public IReadOnlyDictionary<string, FileContent> Files { get; init; } = new Dictionary<string, FileContent>();

    /// <summary>Names in each folder that checks asked for; a folder that is not there is missing.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Folders { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    public IReadOnlyList<ServiceObservation> Services { get; init; } = [];

    public IReadOnlyList<ExtensionObservation> Extensions { get; init; } = [];

    public IReadOnlyList<EthernetObservation> Ethernets { get; init; } = [];

    public IReadOnlyList<CounterObservation> Counters { get; init; } = [];

    /// <summary>Null when the node could not ask its time server.</summary>
    public ClockObservation? Clock { get; init; }

    public ProcessorObservation? Processor { get; init; }

    public SecurityObservation? Security { get; init; }

    /// <summary>Null when none runs on the node.</summary>
    public KubePrismObservation? KubePrism { get; init; }

    /// <summary>What the node's Node object in Kubernetes bears; null while the node knows of none.</summary>
    public IReadOnlyDictionary<string, string>? KubernetesLabels { get; init; }

    /// <summary>Policies of Talos' nftables chains, by the chain's name: <c>accept</c> or <c>drop</c>.</summary>
    public IReadOnlyDictionary<string, string> Chains { get; init; } = new Dictionary<string, string>();
}

/// <summary>The node's own way to the Kubernetes API.</summary>
/// <param name="Host">Where it listens.</param>
/// <param name="Healthy">Whether an API server behind it answers.</param>
public sealed record KubePrismObservation(string Host, bool Healthy);

/// <param name="Healthy">Null for a service without a health check.</param>
public sealed record ServiceObservation(string Id, string State, bool? Healthy, string Message);

/// <summary>A system extension inside the image that the node booted.</summary>
public sealed record ExtensionObservation(string Name, string Version);

/// <summary>EthernetStatus: what ethtool says of a NIC. Keys as Talos spells them (<c>rx</c>, <c>rx-max</c>, <c>combined</c>).</summary>
/// <param name="Features"><c>on</c>, <c>off</c>, <c>on [fixed]</c> … by name.</param>
public sealed record EthernetObservation(
    string Link, IReadOnlyDictionary<string, int> Rings, IReadOnlyDictionary<string, int> Channels, IReadOnlyDictionary<string, string> Features);

/// <summary>Counters of /proc/net/dev since the link came up.</summary>
public sealed record CounterObservation(string Link, ulong RxPackets, ulong RxErrors, ulong RxDropped, ulong RxFifo, ulong TxErrors);

/// <param name="Server">The time server that was asked.</param>
public sealed record ClockObservation(string Server, DateTimeOffset Local, DateTimeOffset Remote);

/// <param name="Count">Logical processors.</param>
/// <param name="Flags">Of the first one, as /proc/cpuinfo has them.</param>
public sealed record ProcessorObservation(int Count, string Model, IReadOnlyList<string> Flags);

public sealed record SecurityObservation(bool SecureBoot, bool? BootedWithUki);
