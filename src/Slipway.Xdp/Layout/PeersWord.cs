namespace Slipway.Xdp.Layout;

/// <summary>slw_config.peers: which peer table the program reads, and how large it is. One word, so that a table is swapped whole.</summary>
/// <param name="Bank">0 or 1: part of the keys of overflow, prefixes and hints.</param>
/// <param name="SetsLog2">The number of sets, as a power of two.</param>
/// <param name="First">The table's first set in slw_peers.</param>
internal readonly record struct PeersWord(int Bank, int SetsLog2, uint First)
{
    public const int SetsMinLog2 = 4;
    public const int SetsMaxLog2 = 16;

    public int Sets => 1 << SetsLog2;

    public static PeersWord Read(ulong word) =>
        new((int)(word & 1), System.Numerics.BitOperations.Log2((uint)(word >> 16 & 0xffff) + 1), (uint)(word >> 32));

    public ulong Write() => (ulong)(uint)Bank | (ulong)(uint)(Sets - 1) << 16 | (ulong)First << 32;
}
