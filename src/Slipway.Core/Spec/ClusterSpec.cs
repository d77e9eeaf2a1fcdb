using Slipway.Core.Versions;

namespace Slipway.Core.Spec;

/// <summary>What an operator wants of one cluster: cluster.yaml, read and checked, with every default filled in.</summary>
public sealed record ClusterSpec
{
    /// <summary>A DNS label; names the cluster in Talos, the talosconfig context and Cilium.</summary>
    public required string Name { get; init; }

    /// <summary>The Kubernetes API as nodes and operators reach it: a VIP, a DNS name or a load balancer. <c>https://host:port</c></summary>
    public required Uri Endpoint { get; init; }

    public required ReleaseVersion Talos { get; init; }

    /// <summary>The installer image, or null for the one that belongs to the Talos version.</summary>
    public string? InstallerImage { get; init; }

    public required ReleaseVersion Kubernetes { get; init; }

    public required NetworkSpec Network { get; init; }

    /// <summary>In the order of the file, which is the order of the run.</summary>
    public required IReadOnlyList<NodeSpec> Nodes { get; init; }

    public required BaseConfigSpec Configs { get; init; }

    /// <summary>Path of secrets.yaml, absolute or relative to cluster.yaml.</summary>
    public required string SecretsFile { get; init; }

    /// <summary>Patches for every node, then by role; applied before those of a node.</summary>
    public IReadOnlyList<PatchRef> Patches { get; init; } = [];

    public IReadOnlyList<PatchRef> ControlPlanePatches { get; init; } = [];

    public IReadOnlyList<PatchRef> WorkerPatches { get; init; } = [];

    public required CiliumSpec Cilium { get; init; }

    public required PolicySpec Policies { get; init; }

    public required XdpSpec Xdp { get; init; }

    public IEnumerable<NodeSpec> ControlPlanes => Nodes.Where(node => node.Role == NodeRole.ControlPlane);

    public IEnumerable<NodeSpec> Workers => Nodes.Where(node => node.Role == NodeRole.Worker);
}
