using Slipway.Core.Versions;

namespace Slipway.Core.Spec;

public sealed record PolicySpec
{
    public bool Enabled { get; init; } = true;

    /// <summary>True keeps Cilium in audit mode: everything is judged, nothing is dropped. The default on first roll-out.</summary>
    public bool Audit { get; init; } = true;

    /// <summary>Talos' own firewall on every node, which rules from boot on, before Cilium does. Off unless it is asked for.</summary>
    public bool HostFirewall { get; init; }

    /// <summary>UDP ports of gossip and its neighbours, inclusive.</summary>
    public PortRange Gossip { get; init; } = new(8000, 8002);

    /// <summary>TCP ports of RPC and its websocket, inclusive.</summary>
    public PortRange Rpc { get; init; } = new(8899, 8900);

    /// <summary>Namespace of the Jupiter API pods, the only ones that may reach RPC.</summary>
    public string JupiterNamespace { get; init; } = "jupiter";

    /// <summary>Labels of the Jupiter API pods.</summary>
    public IReadOnlyDictionary<string, string> JupiterLabels { get; init; } = new Dictionary<string, string> { ["app"] = "jupiter-api" };

    /// <summary>DNS names (Cilium matchPattern) that pods in the Jupiter namespace may look up and reach.</summary>
    public IReadOnlyList<string> AllowedDomains { get; init; } = ["*.solana.com", "*.jup.ag"];

    /// <summary>Sources that are always dropped.</summary>
    public IReadOnlyList<string> DenyCidrs { get; init; } = [];
}

/// <summary>Both ends included.</summary>
public sealed record PortRange(int First, int Last);

public enum XdpMode
{
    Off,

    /// <summary>Counts what it would drop and drops nothing.</summary>
    Observe,

    Enforce,
}

/// <summary>The XDP filter on validator nodes.</summary>
public sealed record XdpSpec
{
    public XdpMode Mode { get; init; } = XdpMode.Off;

    /// <summary>Of the extension on the nodes; null for whichever their installer has.</summary>
    public ReleaseVersion? Version { get; init; }
}
