using Slipway.Core.Installers;

namespace Slipway.Core.Planning;

/// <summary>What an installed node booted, by its own word.</summary>
public sealed record BootObservation
{
    /// <summary>The kernel's command line; null when the node does not tell it.</summary>
    public string? Cmdline { get; init; }

    /// <summary>True for a unified kernel image, false for GRUB, null when the node does not tell.</summary>
    public bool? Uki { get; init; }

    /// <summary>
    /// True while Talos is being written to the disk or waits for the reboot into it: what the node runs then is what it was
    /// started from, not what it is installed with.
    /// </summary>
    public bool Installing { get; init; }

    /// <summary>Of the image factory that made the image; null for an image from elsewhere.</summary>
    public string? SchematicId { get; init; }

    /// <summary>What that schematic says; null when the node does not tell it.</summary>
    public Schematic? Schematic { get; init; }

    /// <summary>System extensions, without the pseudo extensions that image builders add.</summary>
    public IReadOnlyList<InstalledExtension> Extensions { get; init; } = [];
}

/// <param name="Name">As in the extension's manifest, without a vendor.</param>
public sealed record InstalledExtension(string Name, string Version);
