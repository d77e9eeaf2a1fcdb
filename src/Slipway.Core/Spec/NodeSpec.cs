using Slipway.Core.Versions;

namespace Slipway.Core.Spec;

public enum NodeRole
{
    ControlPlane,
    Worker,
}

/// <summary>One machine.</summary>
public sealed record NodeSpec
{
    /// <summary>Its hostname and Kubernetes node name: a DNS label.</summary>
    public required string Name { get; init; }

    /// <summary>IP address or DNS name of its Talos API, without a port.</summary>
    public required string Address { get; init; }

    /// <summary>50000 on every real node.</summary>
    public int Port { get; init; } = 50000;

    public required NodeRole Role { get; init; }

    /// <summary>What the machine itself must say before anything is done to it.</summary>
    public NodeIdentity Identity { get; init; } = new();

    public required InstallSpec Install { get; init; }

    /// <summary>The Talos of this node where it is not the cluster's, as in the middle of an upgrade; null for the cluster's.</summary>
    public ReleaseVersion? Talos { get; init; }

    /// <summary>The installer of this node, or null for the cluster's.</summary>
    public string? InstallerImage { get; init; }

    /// <summary>Path of an installer's archive that is sent to this node.</summary>
    public string? InstallerArchive { get; init; }

    public InterfaceSpec? Interface { get; init; }

    /// <summary>Kubernetes node labels.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>Key to <c>[value:]Effect</c>, as Talos writes taints.</summary>
    public IReadOnlyDictionary<string, string> Taints { get; init; } = new Dictionary<string, string>();

    /// <summary>A named node profile such as <c>agave</c>, or null for none.</summary>
    public string? Profile { get; init; }

    /// <summary>What the spec declares under the profile's name; null when it declares nothing.</summary>
    public ProfileSpec? Layout { get; init; }

    /// <summary>The client that the node is for: its profile's, or the one that the profile is called after.</summary>
    public ValidatorClient Client => Layout?.Client ?? ValidatorClients.Named(Profile);

    /// <summary>
    /// Base64 of SHA-256 over the SubjectPublicKeyInfo of the maintenance certificate, as the console shows it; null trusts
    /// the first answer. It changes at each maintenance boot.
    /// </summary>
    public string? MaintenanceFingerprint { get; init; }

    public IReadOnlyList<PatchRef> Patches { get; init; } = [];
}
