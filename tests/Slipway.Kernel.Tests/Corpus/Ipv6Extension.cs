namespace Slipway.Kernel.Tests.Corpus;

/// <summary>An extension header; its first byte, the next header, is filled in when the packet is put together.</summary>
/// <param name="Protocol">By which the header before it announces it.</param>
internal sealed record Ipv6Extension(byte Protocol, byte[] Content)
{
    public static Ipv6Extension HopByHop { get; } = new(0, [0, 0, 1, 4, 0, 0, 0, 0]);

    /// <summary>Type 4 with no segment left (RFC 8754).</summary>
    public static Ipv6Extension Routing { get; } = new(43, [0, 2, 4, 0, 0, 0, 0, 0, .. new byte[16]]);

    public static Ipv6Extension DestinationOptions { get; } = new(60, [0, 1, 1, 12, .. new byte[12]]);

    /// <summary>Its length counts words of 4 bytes less 2 (RFC 4302), unlike all others.</summary>
    public static Ipv6Extension Authentication { get; } = new(51, [0, 4, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1, .. new byte[12]]);

    /// <param name="offset">In units of 8 bytes.</param>
    public static Ipv6Extension Fragment(int offset, bool more) =>
        new(44, [0, 0, (byte)(offset >> 5), (byte)(offset << 3 | (more ? 1 : 0)), 0, 0, 0, 1]);
}
