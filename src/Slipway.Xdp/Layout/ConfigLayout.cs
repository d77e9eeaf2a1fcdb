using System.Runtime.InteropServices;

namespace Slipway.Xdp.Layout;

/// <summary>struct slw_config of bpf/solana_xdp.h, field by field; a test compares the two.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ConfigLayout
{
    /// <summary>SLW_LAYOUT: magic and version of everything in that header.</summary>
    public const ulong Expected = 0x534c5758_00000004;

    public ulong Layout;
    public ulong Mode;
    public ulong Active;
    public ulong Peers;
    public fixed ulong Salt[2];
    public ulong SourceMask;
    public ulong Heartbeat;
    public ulong HeartbeatTicks;
    public ulong Sample;
    public ulong Last;
    public ulong PeersGeneration;
    public ulong Zero;
    public ulong LeaseShift;
    public fixed ulong Reserved[2];
    public PolicyLayout Bank0;
    public PolicyLayout Bank1;
}
