using System.Runtime.InteropServices;

namespace Slipway.Xdp.Layout;

/// <summary>struct slw_event of bpf/solana_xdp.h, field by field; a test compares the two.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct EventLayout
{
    public const int FrameBytes = 96;

    public ulong Ticks;
    public uint Ifindex;
    public byte Verdict;
    public byte Role;
    public byte Class;
    public byte Reason;
    public fixed byte Source[16];
    public fixed byte Destination[16];
    public ushort SourcePort;
    public ushort DestinationPort;
    public byte Protocol;
    public byte Reserved;
    public ushort Captured;
    public uint Length;
    public uint Reserved2;
    public fixed byte Frame[FrameBytes];
}
