namespace Slipway.Xdp.Status;

/// <summary>One network interface and how the filter sits on it.</summary>
public sealed record InterfaceStatus
{
    public required string Name { get; init; }

    public required int Index { get; init; }

    public required string Mac { get; init; }

    public required string Driver { get; init; }

    public required int Mtu { get; init; }

    public required bool Up { get; init; }

    /// <summary>What was asked for: own, follow, tcx or off.</summary>
    public required string Slot { get; init; }

    /// <summary>What is: driver-frags, driver, tcx, generic, follow or none.</summary>
    public required string Attach { get; init; }

    /// <summary>Who holds the XDP slot, in words; empty when it is free.</summary>
    public required string Owner { get; init; }

    /// <summary>Why it is attached so and not better, in words.</summary>
    public required string Why { get; init; }

    public required ulong RxPackets { get; init; }

    public required ulong RxBytes { get; init; }

    public required ulong TxPackets { get; init; }

    public required ulong TxBytes { get; init; }

    /// <summary>Receive errors, drops and frames that found the ring full, added up.</summary>
    public required ulong RxErrors { get; init; }

    public required ulong TxErrors { get; init; }

    /// <summary>Bits a second since the status before; 0 in the first.</summary>
    public double RxBitsPerSecond { get; init; }

    public double TxBitsPerSecond { get; init; }
}
