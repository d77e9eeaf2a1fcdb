using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Slipway.Xdp;
using Slipway.Xdp.Attaching;

namespace Slipway.Agent.Configuration;

/// <summary>Interfaces, ports, addresses and limits.</summary>
internal static partial class ConfigReader
{
    private const int LongestInterfaceName = 15;

    private static InterfaceConfig? Interface(Section parent, JsonPlace value)
    {
        var section = new Section(value, parent);
        if (value.Kind != JsonValueKind.Object)
        {
            return null;
        }

        var read = new InterfaceConfig
        {
            Name = section.ReadOrNull("name", name => InterfaceName(section, name)),
            Mac = section.ReadOrNull("mac", mac => Mac(section, mac)),
            Slot = section.Choice("slot", SlotPolicy.Own, ("own", SlotPolicy.Own), ("follow", SlotPolicy.Follow), ("tcx", SlotPolicy.Tcx), ("off", SlotPolicy.Off)),
        };
        section.ExactlyOne("name", "mac");
        section.Close();
        return read;
    }

    private static string? InterfaceName(Section section, JsonPlace value)
    {
        if (section.Text(value, "the name of an interface") is not { } name)
        {
            return null;
        }

        if (name.Length <= LongestInterfaceName && name is not ("." or "..") && !name.Any(letter => letter is '/' or ':' || char.IsWhiteSpace(letter) || letter > '~'))
        {
            return name;
        }

        section.Report(value, $"found {value.Found}", $"the name of an interface: 1 to {LongestInterfaceName} ASCII characters without space, slash or colon");
        return null;
    }

    private static string? Mac(Section section, JsonPlace value)
    {
        var parts = value.Kind == JsonValueKind.String ? value.Text.Split(value.Text.Contains('-') ? '-' : ':') : [];
        if (parts.Length == 6 && parts.All(part => part.Length == 2 && part.All(char.IsAsciiHexDigit)))
        {
            return string.Join(':', parts).ToLowerInvariant();
        }

        section.Report(value, $"found {value.Found}", "a MAC address such as 52:54:00:12:34:56");
        return null;
    }

    private static PortConfig? Port(Section parent, JsonPlace value)
    {
        var section = new Section(value, parent);
        if (value.Kind != JsonValueKind.Object)
        {
            return null;
        }

        var ports = section.ReadOrNull("ports", range => Ports(section, range));
        var role = section.Choice("role", PortRole.Guarded, RoleWords.Words);
        section.Required("ports", "role");
        section.Close();
        if (ports is null || section.Place.Members.All(member => member.Name != "role"))
        {
            return null;
        }

        if (RoleWords.ProtocolOf(role) is { } protocol && protocol != ports.Protocol)
        {
            section.Report(value, $"{RoleWords.NameOf(role)} does not speak {ports.Protocol.ToString().ToLowerInvariant()}", protocol.ToString().ToLowerInvariant());
        }

        return new PortConfig { Ports = ports, Role = role };
    }

    private static PortRange? Ports(Section section, JsonPlace value)
    {
        if (value.Kind == JsonValueKind.String && value.Text.Split('/') is [var numbers, var word])
        {
            var ends = numbers.Split('-');
            TransportProtocol? protocol = word switch { "udp" => TransportProtocol.Udp, "tcp" => TransportProtocol.Tcp, _ => null };
            if (protocol is { } known && ends.Length is 1 or 2 && TryPort(ends[0], out var first) && TryPort(ends[^1], out var last) && first <= last)
            {
                return new PortRange(known, first, last);
            }
        }

        section.Report(value, $"found {value.Found}", "ports and a protocol, such as \"8001/udp\" or \"8899-8900/tcp\"");
        return null;
    }

    private static bool TryPort(string text, out ushort port) =>
        ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port > 0;

    private static IPAddress? Address(Section section, JsonPlace value)
    {
        if (value.Kind == JsonValueKind.String && Addresses.TryParse(value.Text, out var address))
        {
            return address;
        }

        section.Report(value, $"found {value.Found}", "an IPv4 or IPv6 address");
        return null;
    }

    private static IReadOnlyList<IPNetwork> Networks(Section section, string key) =>
        [.. section.List(key, MostCidrs, [], value => Network(section, value)).Select(boxed => boxed!.Value)];

    private static IPNetwork? Network(Section section, JsonPlace value)
    {
        if (value.Kind == JsonValueKind.String)
        {
            if (Addresses.TryParse(value.Text, out var single))
            {
                return new IPNetwork(single, single.AddressFamily == AddressFamily.InterNetwork ? 32 : 128);
            }

            var slash = value.Text.IndexOf('/');
            if (slash > 0 && Addresses.TryParse(value.Text[..slash], out var address)
                && int.TryParse(value.Text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var length)
                && length <= (address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128))
            {
                if (Addresses.Masked(address, length).Equals(address))
                {
                    return new IPNetwork(address, length);
                }

                section.Report(value, $"found {value.Found}, whose address has bits beyond the prefix", $"\"{Addresses.Masked(address, length)}/{length}\"");
                return null;
            }
        }

        section.Report(value, $"found {value.Found}", "an address or a network such as 192.0.2.0/24");
        return null;
    }
}
