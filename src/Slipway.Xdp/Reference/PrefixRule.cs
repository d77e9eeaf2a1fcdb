namespace Slipway.Xdp.Reference;

/// <summary>A network of the operator's list; asked only for addresses that are not listed by themselves.</summary>
/// <param name="Network">Its bits beyond the length do not matter.</param>
/// <param name="Length">0 to 32, or to 128.</param>
/// <param name="Meta">Who the addresses in it are.</param>
public sealed record PrefixRule(PacketAddress Network, int Length, PeerMeta Meta);
