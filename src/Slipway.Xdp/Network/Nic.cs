namespace Slipway.Xdp.Network;

/// <summary>A network interface as it is now: what attaching is decided on, and what an operator reads.</summary>
public sealed record Nic
{
    /// <summary>The kernel's number; given to another interface after this one is gone.</summary>
    public required int Index { get; init; }

    public required string Name { get; init; }

    /// <summary>The MAC address in use, six bytes as <c>02:00:5e:10:00:01</c>; empty where there is none.</summary>
    public required string Mac { get; init; }

    /// <summary>The MAC address that the hardware came with; equal to <see cref="Mac"/> where the driver tells none.</summary>
    public required string PermanentMac { get; init; }

    /// <summary>Octets of payload of a frame.</summary>
    public required int Mtu { get; init; }

    public required bool Up { get; init; }

    public required bool Carrier { get; init; }

    /// <summary>What kind of virtual interface it is (veth, bond, vlan, ...); empty for hardware.</summary>
    public required string Kind { get; init; }

    /// <summary>The kernel module that drives it, as ethtool says; empty when it does not say.</summary>
    public required string Driver { get; init; }

    /// <summary>Where the device sits (a PCI address); empty for virtual ones.</summary>
    public required string Bus { get; init; }

    public required int RxQueues { get; init; }

    public required int TxQueues { get; init; }

    /// <summary>The bond or bridge that it belongs to, 0 for none.</summary>
    public required int Master { get; init; }

    public required XdpMode XdpMode { get; init; }

    /// <summary>Id of the program in driver mode, 0 for none.</summary>
    public required uint DriverProgram { get; init; }

    /// <summary>Id of the program in generic mode, 0 for none.</summary>
    public required uint GenericProgram { get; init; }

    /// <summary>Null where the kernel is older than 6.3 and cannot say.</summary>
    public required XdpFeatures? Features { get; init; }

    public required NicTraffic Traffic { get; init; }

    /// <summary>The program that has the XDP slot, whatever the mode; 0 for none.</summary>
    public uint Program => DriverProgram != 0 ? DriverProgram : GenericProgram;

    /// <summary>
    /// A name that stays with the device when it is renamed or gets another number: MAC, driver and bus. Letters, digits and
    /// hyphens only, since bpffs takes no dots.
    /// </summary>
    public string Key
    {
        get
        {
            var text = string.Join('-', new[] { PermanentMac, Driver, Bus }.Where(part => part.Length > 0));
            return string.Concat(text.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'));
        }
    }
}
