namespace Slipway.Core.Spec;

/// <summary>The node's main network interface.</summary>
public sealed record InterfaceSpec
{
    /// <summary>Link name such as <c>enp1s0</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Null takes the cluster's.</summary>
    public int? Mtu { get; init; }

    /// <summary>CIDR addresses; empty means DHCP.</summary>
    public IReadOnlyList<string> Addresses { get; init; } = [];

    public string? Gateway { get; init; }

    public VlanSpec? Vlan { get; init; }

    /// <summary>Null when the interface is a NIC of the machine.</summary>
    public BondSpec? Bond { get; init; }

    /// <summary>The NICs beneath, as far as the spec names them: a member that is known by its MAC or PCI address has no name here.</summary>
    public IReadOnlyList<string> Nics => Bond is null ? [Name] : [.. Bond.Members.Select(member => member.Name).OfType<string>()];
}

/// <summary>A tagged VLAN on the interface, which then carries the node's addresses.</summary>
/// <param name="Id">1 to 4094.</param>
public sealed record VlanSpec(int Id, IReadOnlyList<string> Addresses, string? Gateway);
