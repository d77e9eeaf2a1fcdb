using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace Slipway.Core.Spec.Formats;

/// <summary>An address with a prefix length, IPv4 or IPv6, as in <c>10.0.0.11/24</c>; the network is what its prefix covers.</summary>
internal sealed record Cidr(IPAddress Address, int Prefix)
{
    public bool IsIpv6 => Address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6;

    public int Bits => IsIpv6 ? 128 : 32;

    /// <summary>The same prefix with the host bits zero.</summary>
    public Cidr Network => new(ToAddress(First, IsIpv6), Prefix);

    public bool HasHostBits => Value(Address) != First;

    private UInt128 HostMask => Prefix == Bits ? 0 : (UInt128.MaxValue >> (128 - Bits)) >> Prefix;

    private UInt128 First => Value(Address) & ~HostMask;

    private UInt128 Last => Value(Address) | HostMask;

    public static bool TryParse(string text, [NotNullWhen(true)] out Cidr? cidr)
    {
        cidr = null;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || !IpText.TryParse(text[..slash], out var address))
        {
            return false;
        }

        var digits = text[(slash + 1)..];
        var candidate = new Cidr(address, 0);
        if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var prefix)
            || prefix > candidate.Bits
            || prefix.ToString(CultureInfo.InvariantCulture) != digits)
        {
            return false;
        }

        cidr = candidate with { Prefix = prefix };
        return true;
    }

    public bool Contains(IPAddress address) => Contains(new Cidr(address, address.AddressFamily == Address.AddressFamily ? Bits : 0));

    /// <summary>True when every address of <paramref name="other"/> is one of this.</summary>
    public bool Contains(Cidr other) => IsIpv6 == other.IsIpv6 && First <= other.First && other.Last <= Last;

    public bool Overlaps(Cidr other) => IsIpv6 == other.IsIpv6 && First <= other.Last && other.First <= Last;

    public override string ToString() => $"{Address}/{Prefix.ToString(CultureInfo.InvariantCulture)}";

    private static UInt128 Value(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        var length = address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? 16 : 4;
        address.TryWriteBytes(bytes[(16 - length)..], out _);
        return BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    private static IPAddress ToAddress(UInt128 value, bool isIpv6)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, value);
        return new IPAddress(isIpv6 ? bytes : bytes[12..]);
    }
}
