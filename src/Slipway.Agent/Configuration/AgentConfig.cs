using System.Net;
using Slipway.Xdp;
using Slipway.Xdp.Attaching;

namespace Slipway.Agent.Configuration;

/// <summary>
/// What the agent is asked to do: the content of <c>/usr/local/etc/slipway/xdp.json</c>. Every field has a default; a node
/// without the file observes with them.
/// </summary>
internal sealed record AgentConfig
{
    public static AgentConfig Default { get; } = new();

    public FilterMode Mode { get; init; } = FilterMode.Observe;

    /// <summary>Empty: every interface of hardware, each with <see cref="SlotPolicy.Own"/>.</summary>
    public IReadOnlyList<InterfaceConfig> Interfaces { get; init; } = [];

    public IReadOnlyList<PortConfig> Ports { get; init; } = PortConfig.Defaults;

    /// <summary>Take the roles of ports from the node's own contact info, where <see cref="StakeConfig.Identity"/> names it.</summary>
    public bool LearnPorts { get; init; } = true;

    /// <summary>Destinations that the filter looks at. Empty: the addresses of the guarded interfaces.</summary>
    public IReadOnlyList<IPAddress> OwnAddresses { get; init; } = [];

    /// <summary>Sources that nothing ever drops.</summary>
    public IReadOnlyList<IPNetwork> Operators { get; init; } = [];

    /// <summary>The cluster's nodes; nothing of theirs is ever dropped.</summary>
    public IReadOnlyList<IPNetwork> ClusterNodes { get; init; } = [];

    /// <summary>Sources that are limited less than strangers.</summary>
    public IReadOnlyList<IPNetwork> Known { get; init; } = [];

    /// <summary>Sources whose traffic to guarded ports is dropped.</summary>
    public IReadOnlyList<IPNetwork> Banned { get; init; } = [];

    /// <summary>Ports that are never guarded, beside those of Talos, Kubernetes and Cilium, which need no mention.</summary>
    public IReadOnlyList<PortRange> NeverDrop { get; init; } = [];

    public LimitsConfig Limits { get; init; } = new();

    /// <summary>Null: nobody is a stakeholder.</summary>
    public StakeConfig? Stake { get; init; }

    /// <summary>An agent that was silent for so long no longer limits strangers.</summary>
    public int HeartbeatMinutes { get; init; } = 5;

    /// <summary>One dropped packet in so many (a power of two) is told to the audit log; 0 is none.</summary>
    public int SampleOneIn { get; init; } = 64;

    public MetricsConfig Metrics { get; init; } = new();

    public AuditConfig? Audit { get; init; }

    public AffinityConfig? Affinity { get; init; }

    public ExileConfig? Exile { get; init; }

    public MarksConfig Marks { get; init; } = new();

    public ExitBehaviour OnExit { get; init; } = ExitBehaviour.Leave;

    public StatusConfig Status { get; init; } = new();
}
