using System.Runtime.InteropServices;

namespace Slipway.Xdp.Layout;

/// <summary>struct slw_policy of bpf/solana_xdp.h, field by field; a test compares the two.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct PolicyLayout
{
    public const int OwnAddresses = 8;
    public const int ExileCpus = 8;
    public const int Roles = 12;
    public const int Groups = 4;

    public fixed uint Own4[OwnAddresses];
    public fixed ulong Own6[OwnAddresses * 2];
    public ulong ShredVersion;
    public fixed ulong Identity[4];
    public ulong Marks;
    public ulong ExileCpuCount;
    public fixed uint ExileCpu[ExileCpus];
    public ulong Generation;
    public fixed ulong Reserved[8];

    /// <summary>By role, then group: the word for each source, then the word for all of them.</summary>
    public fixed ulong Limits[Roles * Groups * 2];
}
