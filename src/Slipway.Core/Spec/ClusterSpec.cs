using Slipway.Core.MachineConfig.Generation;
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

    /// <summary>Path of an installer's archive that is sent to nodes after their install, by Talos' API instead of a registry; null for none.</summary>
    public string? InstallerArchive { get; init; }

    /// <summary>Host of the image factory that makes installers with kernel arguments and extensions in them.</summary>
    public string ImageFactory { get; init; } = "factory.talos.dev";

    /// <summary>The image factory's installers for SecureBoot.</summary>
    public bool SecureBoot { get; init; }

    /// <summary>System extensions on every node, as <c>vendor/name</c>.</summary>
    public IReadOnlyList<string> Extensions { get; init; } = [];

    /// <summary>Extensions, by the name that nodes show, that an upgrade may drop.</summary>
    public IReadOnlyList<string> DropExtensions { get; init; } = [];

    /// <summary>Declared profiles by name. Nodes carry their own under <see cref="NodeSpec.Layout"/>.</summary>
    public IReadOnlyDictionary<string, ProfileSpec> Profiles { get; init; } = new Dictionary<string, ProfileSpec>();

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

    /// <summary>The Talos that a node shall run: what it says itself, or the cluster's.</summary>
    public ReleaseVersion TalosOf(NodeSpec node) => node.Talos ?? Talos;

    /// <summary>The spec as one node sees it, with its own Talos and installer in the place of the cluster's.</summary>
    public ClusterSpec For(NodeSpec node) => this with { Talos = TalosOf(node), InstallerImage = node.InstallerImage ?? InstallerImage };

    /// <summary>The spec with another path for every installer's archive.</summary>
    public ClusterSpec WithArchives(Func<string, string> place)
    {
        return this with { InstallerArchive = Place(InstallerArchive), Nodes = [.. Nodes.Select(Node)] };

        NodeSpec Node(NodeSpec node) => node with
        {
            InstallerArchive = Place(node.InstallerArchive),
            Layout = node.Layout is { } layout ? layout with { InstallerArchive = Place(layout.InstallerArchive) } : null,
        };

        string? Place(string? path) => path is null ? null : place(path);
    }

    /// <summary>The spec with one Talos for all nodes; installers keep their repository and take the version as tag.</summary>
    public ClusterSpec At(ReleaseVersion talos)
    {
        return this with { Talos = talos, InstallerImage = Retag(InstallerImage), Nodes = [.. Nodes.Select(Node)] };

        NodeSpec Node(NodeSpec node) => node with
        {
            Talos = null,
            InstallerImage = Retag(node.InstallerImage),
            Layout = node.Layout is { } layout ? layout with { InstallerImage = Retag(layout.InstallerImage) } : null,
        };

        string? Retag(string? image) => image is null ? null : Images.Retag(image, talos);
    }

    public IEnumerable<NodeSpec> ControlPlanes => Nodes.Where(node => node.Role == NodeRole.ControlPlane);

    public IEnumerable<NodeSpec> Workers => Nodes.Where(node => node.Role == NodeRole.Worker);
}
