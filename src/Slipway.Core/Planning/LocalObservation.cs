namespace Slipway.Core.Planning;

/// <summary>What Slipway itself left on this machine in earlier runs.</summary>
public sealed record LocalObservation
{
    /// <summary>True when the secrets file is there. Without it nothing on any node can be ours.</summary>
    public bool HasSecrets { get; init; }

    /// <summary>True when a talosconfig of this cluster is there.</summary>
    public bool HasTalosconfig { get; init; }

    /// <summary>True when a kubeconfig of this cluster is there.</summary>
    public bool HasKubeconfig { get; init; }

    public BootstrapRecord? Bootstrap { get; init; }

    /// <summary>Installers' archives that the spec names, by their path in it.</summary>
    public IReadOnlyDictionary<string, ArchiveObservation> Archives { get; init; } = new Dictionary<string, ArchiveObservation>();

    /// <summary>Nodes that a run has upgraded, or installed by an image that they are to be upgraded from.</summary>
    public IReadOnlyDictionary<string, UpgradeRecord> Upgraded { get; init; } = new Dictionary<string, UpgradeRecord>();
}

/// <param name="Digest"><c>sha256:</c> and 64 hexadecimal digits, over the file; null when it cannot be used.</param>
/// <param name="Bytes">Of the file.</param>
/// <param name="Problem">Why it cannot be used.</param>
public sealed record ArchiveObservation(string? Digest, long Bytes, string? Problem);

/// <param name="Image">The image that the node was last upgraded to: its reference, or the digest of its archive.</param>
/// <param name="WrittenIn">Id of the boot in which it was written and which it was not seen to come back from; null once it was.</param>
public sealed record UpgradeRecord(string Image, string? WrittenIn);

/// <summary>
/// The one effect of a cluster's life that may happen once. It is written before the call, so that whoever comes after a
/// crash asks the same node again instead of starting a second etcd cluster elsewhere.
/// </summary>
/// <param name="Confirmed">True once etcd answered with a member.</param>
public sealed record BootstrapRecord(string Node, bool Confirmed);
