namespace Slipway.Kernel.Tests.Corpus;

/// <summary>A way in which a transport segment can reach the node. What it carries must be judged alike in all of them.</summary>
/// <param name="Name">As it stands in a sample's name.</param>
/// <param name="IsIpv6">Which of a sender's addresses it takes.</param>
/// <param name="Tags">Between the MAC addresses and the type.</param>
/// <param name="Wrap">From a flow, the transport's protocol number and the segment to an IP packet.</param>
internal sealed record Framing(string Name, bool IsIpv6, IReadOnlyList<VlanTag> Tags, Func<Flow, byte, byte[], byte[]> Wrap)
{
    public static Framing PlainIpv4 { get; } = Ipv4("plain");

    public static Framing PlainIpv6 { get; } = Ipv6("plain");

    /// <summary>All framings behind which the filter must find what is carried.</summary>
    public static IReadOnlyList<Framing> All { get; } =
    [
        PlainIpv4,
        PlainIpv6,
        Ipv4("802.1Q", VlanTag.Inner),
        Ipv4("QinQ", VlanTag.Outer, VlanTag.Inner),
        Ipv4("802.1Q twice", VlanTag.Inner, VlanTag.Inner),
        Ipv4("priority tag", VlanTag.Priority),
        Ipv6("802.1Q", VlanTag.Inner),
        Ipv6("QinQ", VlanTag.Outer, VlanTag.Inner),
        .. Enumerable.Range(1, 10).Select(WithOptions),
        WithOptions(3, VlanTag.Outer, VlanTag.Inner),
        Padded(1),
        Padded(18),
        Padded(300),
        WithExtensions("hop-by-hop", Ipv6Extension.HopByHop),
        WithExtensions("routing header", Ipv6Extension.Routing),
        WithExtensions("destination options", Ipv6Extension.DestinationOptions),
        WithExtensions("authentication header", Ipv6Extension.Authentication),
        WithExtensions("hop-by-hop, routing, destination options", Ipv6Extension.HopByHop, Ipv6Extension.Routing, Ipv6Extension.DestinationOptions),
    ];

    /// <summary>Where the IP header starts.</summary>
    public int Layer3 => 14 + 4 * Tags.Count;

    /// <summary>Without what a network adds behind the IP packet.</summary>
    private int Padding { get; init; }

    public override string ToString() => $"{(IsIpv6 ? "IPv6" : "IPv4")} {Name}";

    public byte[] Frame(Flow flow, byte protocol, byte[] segment) =>
        [.. Headers.Ethernet(IsIpv6 ? Headers.TypeIpv6 : Headers.TypeIpv4, Wrap(flow, protocol, segment), [.. Tags]), .. new byte[Padding]];

    public static Framing WithShape(string name, Ipv4Shape shape, params VlanTag[] tags) =>
        new(name, IsIpv6: false, tags, (flow, protocol, segment) => Headers.Ipv4(flow.Source, flow.Destination, protocol, segment, shape));

    public static Framing WithExtensions(string name, params Ipv6Extension[] extensions) =>
        new(name, IsIpv6: true, [], (flow, protocol, segment) => Headers.Ipv6(flow.Source, flow.Destination, protocol, segment, extensions));

    private static Framing Ipv4(string name, params VlanTag[] tags) => WithShape(name, Ipv4Shape.Plain, tags);

    private static Framing Ipv6(string name, params VlanTag[] tags) => WithExtensions(name) with { Tags = tags };

    private static Framing WithOptions(int words) => WithOptions(words, []);

    private static Framing WithOptions(int words, params VlanTag[] tags) =>
        WithShape($"{words} words of options{(tags.Length > 0 ? ", tagged" : "")}", new Ipv4Shape { OptionWords = words }, tags);

    /// <summary>Bytes behind the end that the IP header names: Ethernet pads to 60 bytes, and switches leave trailers.</summary>
    private static Framing Padded(int bytes) => PlainIpv4 with { Name = $"{bytes} bytes of padding", Padding = bytes };
}
