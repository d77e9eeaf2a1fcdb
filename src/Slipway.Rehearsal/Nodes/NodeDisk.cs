using Slipway.Core.Versions;
using Slipway.Rehearsal.Hardware;

namespace Slipway.Rehearsal.Nodes;

/// <summary>What a node keeps over a power cut.</summary>
internal sealed record NodeDisk
{
    /// <summary>The disk that Talos was installed on; null when it runs from the network or a stick.</summary>
    public DiskHardware? System { get; init; }

    public string? Image { get; init; }

    /// <summary>Kernel arguments beside Talos' own in the boot entry, as the installer wrote it.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Names of the extensions in the image; null when it is from elsewhere and nobody said.</summary>
    public IReadOnlyList<string>? Extensions { get; init; }

    /// <summary>The installed version; null as long as nothing is installed.</summary>
    public ReleaseVersion? Talos { get; init; }

    /// <summary>What the other boot entry holds, for a rollback.</summary>
    public NodeDisk? Previous { get; init; }

    /// <summary>The config on the STATE partition. Holds secrets.</summary>
    public string? Config { get; init; }

    /// <summary>Whether EPHEMERAL holds etcd data.</summary>
    public bool EtcdData { get; init; }

    public IReadOnlyDictionary<uint, string> Meta { get; init; } = new Dictionary<uint, string>();

    public bool IsInstalled => System is not null;
}
