namespace Slipway.Core.Spec;

/// <summary>Several NICs that work as one link (Linux: Documentation/networking/bonding.rst).</summary>
public sealed record BondSpec
{
    public const string DefaultMode = "802.3ad";

    /// <summary>All by name, or none: Talos before 1.12 does not take both.</summary>
    public required IReadOnlyList<BondMember> Members { get; init; }

    public string Mode { get; init; } = DefaultMode;

    /// <summary>slow or fast; null leaves the kernel's (slow). Of 802.3ad alone.</summary>
    public string? LacpRate { get; init; }

    /// <summary>Null leaves the kernel's (layer2).</summary>
    public string? XmitHashPolicy { get; init; }

    /// <summary>Milliseconds between two looks at the members' carriers.</summary>
    public int Miimon { get; init; } = 100;
}

/// <summary>A NIC by exactly one of its marks.</summary>
/// <param name="Mac">Permanent address, lower case.</param>
/// <param name="Pci">Address on the bus, such as <c>0000:81:00.0</c>.</param>
public sealed record BondMember(string? Name, string? Mac, string? Pci)
{
    public override string ToString() => Name ?? Mac ?? Pci ?? "";
}
