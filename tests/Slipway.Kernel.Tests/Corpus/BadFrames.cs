using System.Net;
using Slipway.Xdp;
using Slipway.Xdp.Reference;

namespace Slipway.Kernel.Tests.Corpus;

/// <summary>Packets whose IP header already condemns them, with a ping inside that would be good.</summary>
internal static class BadFrames
{
    public static IEnumerable<Sample> All(Dice dice)
    {
        var ping = new Letter(Parcel.Udp("ping", World.Gossip, GossipMessages.Ping(dice)), PortRole.Gossip, Reason.Accepted);
        return World.Senders.SelectMany(sender => LyingHeaders(ping, sender).Concat(Chains(ping, sender)).Concat(FirstFragments(dice, ping, sender)))
            .Concat(ForgedSources(dice));
    }

    private static IEnumerable<Sample> LyingHeaders(Letter ping, Sender sender)
    {
        foreach (var version in new[] { 0, 3, 5, 6, 15 })
        {
            yield return Of($"IPv4 of version {version}", new Ipv4Shape { Version = version });
        }

        for (var words = 0; words < 5; words++)
        {
            yield return Of($"IPv4 header of {words} words", new Ipv4Shape { HeaderWords = words });
        }

        foreach (var total in new[] { 0, 19, 161, 65535 })
        {
            yield return Of($"IPv4 of total length {total}", new Ipv4Shape { TotalLength = total });
        }

        yield return Of("options beyond the total length", new Ipv4Shape { OptionWords = 10, TotalLength = 59 });
        yield return Of("options beyond the packet", new Ipv4Shape { HeaderWords = 15, TotalLength = 59 });
        foreach (var length in new[] { 141, 65535 })
        {
            var framing = Framing.PlainIpv6 with { Wrap = (flow, protocol, segment) => Headers.Ipv6(flow.Source, flow.Destination, protocol, segment, payloadLength: length) };
            yield return new Sample($"IPv6 of payload length {length} from {sender.Name}", ping.Parcel.From(sender, framing), sender.Fate(PortRole.None, Reason.IpHeader));
        }

        Sample Of(string name, Ipv4Shape shape) =>
            new($"{name} from {sender.Name}", ping.Parcel.From(sender, Framing.WithShape(name, shape)), sender.Fate(PortRole.None, Reason.IpHeader));
    }

    private static IEnumerable<Sample> Chains(Letter ping, Sender sender)
    {
        var options = Ipv6Extension.DestinationOptions;
        yield return Ping(Reason.Accepted, PortRole.Gossip, "eight extension headers", [.. Enumerable.Repeat(options, 8)]);
        yield return Ping(Reason.Ipv6Chain, PortRole.None, "nine extension headers", [.. Enumerable.Repeat(options, 9)]);
        yield return Ping(Reason.Accepted, PortRole.Gossip, "an atomic fragment", Ipv6Extension.Fragment(0, more: false));
        foreach (var protocol in new byte[] { 0, 43, 51, 60, 135 })
        {
            yield return Ping(Reason.Ipv6Chain, PortRole.None, $"header {protocol} beyond the packet", new Ipv6Extension(protocol, [0, 255, 0, 0, 0, 0, 0, 0]));
            yield return Cut($"header {protocol} of one byte", protocol, 1);
        }

        yield return Cut("a fragment header of 7 bytes", 44, 7);

        Sample Ping(Reason reason, PortRole role, string name, params Ipv6Extension[] extensions) =>
            new($"ping behind {name} from {sender.Name}", ping.Parcel.From(sender, Framing.WithExtensions(name, extensions)), sender.Fate(role, reason));

        Sample Cut(string name, byte protocol, int rest) =>
            new($"{name} from {sender.Name}", Framing.PlainIpv6.Frame(sender.To(World.Gossip, true), protocol, new byte[rest]), sender.Fate(PortRole.None, Reason.Ipv6Chain));
    }

    private static IEnumerable<Sample> FirstFragments(Dice dice, Letter ping, Sender sender)
    {
        var first = Framing.WithShape("first fragment", new Ipv4Shape { Fragment = 0x2000 });
        var firstIpv6 = Framing.WithExtensions("first fragment", Ipv6Extension.Fragment(0, more: true));
        foreach (var framing in new[] { first, firstIpv6 })
        {
            yield return (ping with { Reason = Reason.Fragment }).From(sender, framing);

            // The shortest fragment that still has the ports of its datagram.
            var flow = sender.To(World.Tvu, framing.IsIpv6);
            yield return new Sample($"tiny {framing} from {sender.Name}", framing.Frame(flow, Headers.Udp, Headers.UdpTo(flow, dice.Bytes(1203))[..8]), sender.Fate(PortRole.Tvu, Reason.Fragment));
            yield return Letter.Tcp("SYN", World.Rpc, TcpFlags.Syn, [], Reason.Accepted).From(sender, framing);
        }
    }

    private static IEnumerable<Sample> ForgedSources(Dice dice)
    {
        foreach (var text in new[] { "0.0.0.0", "0.1.2.3", "127.0.0.1", "127.255.255.254", "224.0.0.1", "239.9.9.9", "240.0.0.1", "255.255.255.255", "::", "::1", "::192.0.2.1", "::ffff:192.0.2.1", "ff02::1", "ffff::" })
        {
            var address = IPAddress.Parse(text);
            yield return From(address, PeerClass.Unknown, Reason.Martian);
        }

        foreach (var text in new[] { "1.0.0.0", "126.255.255.255", "128.0.0.1", "223.255.255.255", "::1:0:0:0", "fe80::1", "fd00::1" })
        {
            var address = IPAddress.Parse(text);
            yield return From(address, PeerClass.Unknown, Reason.Accepted);
        }

        yield return From(World.NodeIpv4, PeerClass.Unknown, Reason.Land);
        yield return From(World.NodeIpv6, PeerClass.Unknown, Reason.Land);
        yield return From(World.SecondIpv4, PeerClass.Own, Reason.OwnSource);

        Sample From(IPAddress address, PeerClass peerClass, Reason reason)
        {
            var framing = address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? Framing.PlainIpv6 : Framing.PlainIpv4;
            var flow = new Flow(address, Sender.Port, framing.IsIpv6 ? World.NodeIpv6 : World.NodeIpv4, World.Gossip);
            var frame = framing.Frame(flow, Headers.Udp, Headers.UdpTo(flow, GossipMessages.Ping(dice)));
            return new Sample($"ping from {address}", frame, new Judgement(reason.IsDrop() ? Verdict.Drop : Verdict.Pass, PortRole.Gossip, peerClass, reason));
        }
    }
}
