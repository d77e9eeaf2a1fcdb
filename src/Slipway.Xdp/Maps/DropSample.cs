using System.Net;

namespace Slipway.Xdp.Maps;

/// <summary>One dropped packet of many, as the program saw it (struct slw_event in bpf/solana_xdp.h).</summary>
/// <param name="Ticks">The kernel's tick at that moment, see <see cref="Interop.KernelTicks"/>.</param>
/// <param name="Interface">Index of the interface.</param>
/// <param name="SourcePort">0 where there is none.</param>
/// <param name="Length">Of the frame as it was counted, in bytes: of several buffers the first, unless a header announced more.</param>
/// <param name="Frame">The frame's first bytes, at most 96.</param>
public sealed record DropSample(
    ulong Ticks,
    uint Interface,
    Verdict Verdict,
    PortRole Role,
    PeerClass Class,
    Reason Reason,
    IPAddress Source,
    IPAddress Destination,
    ushort SourcePort,
    ushort DestinationPort,
    byte Protocol,
    uint Length,
    ReadOnlyMemory<byte> Frame);
