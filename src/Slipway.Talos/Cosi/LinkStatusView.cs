namespace Slipway.Talos.Cosi;

/// <summary>LinkStatus, as far as a network plan needs it.</summary>
public sealed record LinkStatusView
{
    public required string Name { get; init; }

    /// <summary>Lower case with colons; empty for links without one.</summary>
    public required string Mac { get; init; }

    public string? PermanentMac { get; init; }

    /// <summary><c>0000:81:00.0</c>; null for links that are on no bus.</summary>
    public string? BusPath { get; init; }

    /// <summary>True for Ethernet that no software made.</summary>
    public required bool IsPhysical { get; init; }

    public required int Mtu { get; init; }

    public required bool Up { get; init; }

    public string? Driver { get; init; }

    /// <summary>0 when the link does not say.</summary>
    public required int SpeedMbit { get; init; }

    /// <summary><c>vlan</c>, <c>bond</c> …; empty for a link that no software made.</summary>
    public required string Kind { get; init; }

    public required int Index { get; init; }

    /// <summary>Index of the link beneath, which a VLAN has; else 0.</summary>
    public required int ParentIndex { get; init; }

    /// <summary>Index of the bond or bridge that the link is a member of; else 0.</summary>
    public required int MasterIndex { get; init; }

    public static LinkStatusView Of(CosiResource resource) => new()
    {
        Name = resource.Id,
        Mac = resource.Text("hardwareAddr")?.ToLowerInvariant() ?? "",
        PermanentMac = resource.Text("permanentAddr")?.ToLowerInvariant(),
        BusPath = resource.Text("busPath"),
        IsPhysical = resource.Text("type") == "ether" && resource.Text("kind") is null,
        Mtu = (int)(resource.Number("mtu") ?? 0),
        Up = resource.Flag("linkState") ?? resource.Text("operationalState") == "up",
        Driver = resource.Text("driver"),
        Kind = resource.Text("kind") ?? "",
        Index = (int)(resource.Number("index") ?? 0),
        ParentIndex = (int)(resource.Number("linkIndex") ?? 0),
        MasterIndex = (int)(resource.Number("masterIndex") ?? 0),
        // Links that do not know say 4294967295 or -1.
        SpeedMbit = resource.Number("speedMbit") is > 0 and < int.MaxValue and var speed ? (int)speed : 0,
    };
}
