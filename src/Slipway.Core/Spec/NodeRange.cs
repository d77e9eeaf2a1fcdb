using System.Globalization;
using System.Net;
using Slipway.Core.Failures;
using Slipway.Core.Spec.Formats;

namespace Slipway.Core.Spec;

/// <summary>
/// Nodes as a person types them: <c>10.0.0.11-13,10.0.0.21,cp4.example.org,fd00::11</c>. A range goes over the last part of an
/// IPv4 address (<c>10.0.0.11-13</c>) or from one whole address to another (<c>10.0.0.250-10.0.1.5</c>).
/// </summary>
public static class NodeRange
{
    /// <summary>More in one command is a slip of the finger.</summary>
    public const int Most = 1024;

    /// <summary>The addresses in the order given.</summary>
    /// <exception cref="SlipwayException">A part cannot be read, a range runs backwards, an address comes twice or there are too many.</exception>
    public static IReadOnlyList<string> Expand(string text)
    {
        var addresses = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            foreach (var address in One(part))
            {
                if (!seen.Add(address))
                {
                    throw Bad($"{address} is named twice", "each node once", null);
                }

                addresses.Add(address);
                if (addresses.Count > Most)
                {
                    throw Bad($"more than {Most} nodes", $"at most {Most}", "give a smaller range");
                }
            }
        }

        return addresses;
    }

    private static IEnumerable<string> One(string part)
    {
        if (part.Length == 0)
        {
            throw Bad("an empty name between commas", "an address, a range such as 10.0.0.11-13 or a DNS name", null);
        }

        var dash = part.IndexOf('-', StringComparison.Ordinal);
        if (dash > 0 && IpText.TryParse(part[..dash], out var first) && first.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork)
        {
            return Range(part, first, part[(dash + 1)..]);
        }

        if (!AddressFormats.Host.IsValid(part))
        {
            throw Bad(
                $"'{Yaml.Excerpt.Clean(part, 60)}' is neither an address, a range nor a DNS name",
                "10.0.0.11, 10.0.0.11-13, 10.0.0.250-10.0.1.5, fd00::11 or a DNS name",
                part.Contains('/', StringComparison.Ordinal) ? "a whole network is never meant: give the range of the nodes" : AddressFormats.Host.Hint(part));
        }

        return [IpText.Canonical(part)];
    }

    private static IEnumerable<string> Range(string part, IPAddress first, string end)
    {
        var isLastPart = int.TryParse(end, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= 255;
        IPAddress? last = null;
        if (isLastPart)
        {
            var bytes = first.GetAddressBytes();
            bytes[3] = (byte)number;
            last = new IPAddress(bytes);
        }
        else if (!IpText.TryParse(end, out last) || last.AddressFamily != first.AddressFamily)
        {
            throw Bad($"range '{Yaml.Excerpt.Clean(part, 60)}' has no end that can be read", "a number up to 255 or an IPv4 address after the '-'", null);
        }

        var (from, to) = (Number(first), Number(last));
        if (to < from)
        {
            throw Bad($"range '{part}' runs backwards", "the lower address first", $"{last}-{first}");
        }

        if (to - from >= Most)
        {
            throw Bad($"range '{part}' has {to - from + 1} addresses", $"at most {Most}", null);
        }

        return Enumerable.Range(0, (int)(to - from) + 1).Select(offset => Address(from + offset));
    }

    private static long Number(IPAddress address) => System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(address.GetAddressBytes());

    private static string Address(long number)
    {
        var bytes = new byte[4];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)number);
        return new IPAddress(bytes).ToString();
    }

    private static SlipwayException Bad(string message, string expected, string? hint) =>
        new(FailureReason.BadInput, message) { Expected = expected, Hint = hint };
}
