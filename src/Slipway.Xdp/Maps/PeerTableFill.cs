namespace Slipway.Xdp.Maps;

/// <summary>How full the peer table is.</summary>
/// <param name="Peers">Addresses listed by themselves.</param>
/// <param name="Overflow">Those of them that found their set full: a hash lookup each.</param>
/// <param name="Prefixes">Networks.</param>
/// <param name="Capacity">Slots of the largest table there is room for.</param>
/// <param name="Generation">Counts the replacements.</param>
public sealed record PeerTableFill(int Peers, int Overflow, int Prefixes, int Capacity, ulong Generation);
