using System.Net;
using Slipway.Core.Spec;
using Slipway.Core.Versions;

namespace Slipway.Rehearsal;

/// <summary>One machine of a rehearsal, as its label and its console show it.</summary>
public sealed record RehearsedMachine
{
    public required string Name { get; init; }

    /// <summary>Of the Talos API, on port 50000.</summary>
    public required IPAddress Address { get; init; }

    public required NodeRole Role { get; init; }

    public required ReleaseVersion Talos { get; init; }

    /// <summary>SMBIOS UUID on the label; under the fault "wrong UUID" the machine itself says another.</summary>
    public required string Uuid { get; init; }

    public required string Serial { get; init; }

    /// <summary>Permanent MAC of the first link.</summary>
    public required string Mac { get; init; }

    /// <summary>Of the first link.</summary>
    public required string LinkName { get; init; }

    /// <summary>All of its NICs, the first one first.</summary>
    public required IReadOnlyList<(string Name, string Mac, string Pci)> Links { get; init; }

    /// <summary>Of the disk that is meant for the system.</summary>
    public required string DiskSerial { get; init; }

    /// <summary>What the console shows at this moment; null when the node is not in maintenance.</summary>
    public string? MaintenanceFingerprint { get; init; }
}
