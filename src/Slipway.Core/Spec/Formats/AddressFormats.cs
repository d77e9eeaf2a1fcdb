using Slipway.Core.Spec.Shapes;

namespace Slipway.Core.Spec.Formats;

/// <summary>Addresses of networks and of machines.</summary>
internal static class AddressFormats
{
    private const string IpCharacters = "[0-9A-Fa-f:.]";

    public static TextFormat Ip { get; } = new("an IP address", "an IPv4 or IPv6 address", $"^{IpCharacters}{{2,45}}$", "10.0.0.1")
    {
        Accepts = text => IpText.TryParse(text, out _),
        Hint = AddressHint,
    };

    /// <summary>Dots and digits alone are never a host name here: <c>10.0.0.256</c> is a mistyped address.</summary>
    public static TextFormat Host { get; } = new("an IP address or DNS name", "an IP address or DNS name, without a port", "^[0-9A-Za-z:.-]{1,253}$", "10.0.0.11")
    {
        Accepts = text => IpText.TryParse(text, out _) || (NameFormats.DnsDomain.IsValid(text.ToLowerInvariant()) && !LooksLikeAddress(text)),
        Hint = text => text.Contains("://", StringComparison.Ordinal) ? "only the host, without scheme and path"
            : text.Count(c => c == ':') == 1 ? "write the port under 'port'"
            : AddressHint(text),
    };

    public static TextFormat Network { get; } = new("a network", "a CIDR with the host bits zero, such as 10.244.0.0/16", $"^{IpCharacters}{{2,45}}/[0-9]{{1,3}}$", "10.244.0.0/16")
    {
        Accepts = text => Cidr.TryParse(text, out var cidr) && !cidr.HasHostBits,
        Hint = text => Cidr.TryParse(text, out var cidr) && cidr.HasHostBits ? $"the network is {cidr.Network}" : CidrHint(text),
    };

    public static TextFormat Interface { get; } = new("an address with prefix", "an address with the prefix length of its network, such as 10.0.0.11/24", $"^{IpCharacters}{{2,45}}/[0-9]{{1,3}}$", "10.0.0.11/24")
    {
        Accepts = text => Cidr.TryParse(text, out _),
        Hint = CidrHint,
    };

    public static TextFormat Mac { get; } = new("a MAC address", "six pairs of hex digits with colons", "^[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){5}$", "52:54:00:aa:bb:cc")
    {
        Accepts = text => text.Any(c => c is not ('0' or ':')) && !text.All(c => c is 'f' or 'F' or ':'),
        Hint = text => text.Length == 17 && text.Contains('-', StringComparison.Ordinal) ? $"write '{text.Replace('-', ':').ToLowerInvariant()}'" : null,
    };

    public static TextFormat Uuid { get; } = new("a UUID", "hex digits in groups of 8-4-4-4-12", "^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$", "4c4c4544-0042-3510-8053-b4c04f4d5331")
    {
        // Firmware without an identity of its own answers with all zeros or all ones: that names nobody.
        Accepts = text => text.Any(c => c is not ('0' or '-')) && !text.All(c => c is 'f' or 'F' or '-'),
    };

    public static bool LooksLikeAddress(string text) => text.All(c => char.IsAsciiDigit(c) || c == '.');

    private static string? CidrHint(string text) => IpText.TryParse(text, out var address)
        ? $"add the prefix length, such as {address}/{(text.Contains(':', StringComparison.Ordinal) ? 64 : 24)}"
        : null;

    private static string? AddressHint(string text) =>
        text.Contains('/', StringComparison.Ordinal) ? "an address alone, without a prefix length"
        : LooksLikeAddress(text) && text.Split('.') is { Length: 4 } parts && parts.Any(part => part.Length > 1 && part[0] == '0') ? "write the parts without leading zeros"
        : LooksLikeAddress(text) ? "four numbers from 0 to 255 with dots"
        : null;
}
