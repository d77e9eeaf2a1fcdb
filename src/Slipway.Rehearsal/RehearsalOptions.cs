using System.Net;
using Slipway.Core.Installers;
using Slipway.Core.Versions;

namespace Slipway.Rehearsal;

/// <summary>What is rehearsed.</summary>
public sealed record RehearsalOptions
{
    /// <summary>Named cp1, cp2, …</summary>
    public int ControlPlanes { get; init; } = 3;

    /// <summary>Named w1, w2, …</summary>
    public int Workers { get; init; } = 2;

    /// <summary>Names of the machines, control planes first, in place of cp1, cp2 … and w1, w2 …; empty for those.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>1.10 to 1.14.</summary>
    public required ReleaseVersion Talos { get; init; }

    /// <summary>Nodes that boot another version, by name.</summary>
    public IReadOnlyDictionary<string, ReleaseVersion> TalosByNode { get; init; } = new Dictionary<string, ReleaseVersion>();

    /// <summary>Names of machines that boot by BIOS, and so by GRUB; the others boot unified kernel images.</summary>
    public IReadOnlySet<string> Bios { get; init; } = new HashSet<string>();

    /// <summary>
    /// What the image factory knows by a schematic's id; null for an id that it never heard of. Without this it knows the
    /// empty one alone. See <see cref="SpecSchematics"/>.
    /// </summary>
    public Func<string, Schematic?>? Factory { get; init; }

    /// <summary>
    /// Names of the extensions in an installer that no factory made, by its reference; null for one that nobody spoke of. See
    /// <see cref="SpecInstallers"/>.
    /// </summary>
    public Func<string, IReadOnlyList<string>?>? Installers { get; init; }

    /// <summary>Runs on every machine whose image has the filter's extension; null lets a stand-in write what an agent would.</summary>
    public AgentProgram? Agent { get; init; }

    /// <summary>The spec of <see cref="RehearsalHost.ClusterYaml"/> asks for the filter in observe, and gives the workers an installer with it.</summary>
    public bool Filter { get; init; }

    public required ReleaseVersion Kubernetes { get; init; }

    /// <summary>Not disposed by the rehearsal.</summary>
    public required VirtualClock Time { get; init; }

    public IReadOnlyList<Fault> Faults { get; init; } = [];

    /// <summary>Such as <c>127.71.5.0</c>; null takes a free one.</summary>
    public IPAddress? AddressBlock { get; init; }

    /// <summary>The ledger goes here too, one JSON object a line, for readers in other processes.</summary>
    public string? LedgerPath { get; init; }

    /// <summary>The name that <see cref="RehearsalHost.ClusterYaml"/> gives the cluster.</summary>
    public string ClusterName { get; init; } = "rehearsal";
}
