using System.Net;
using Slipway.Xdp;
using Slipway.Xdp.Reference;

namespace Slipway.Kernel.Tests.Corpus;

/// <summary>What the filter has no business with: it passes whatever it contains, from whomever it comes.</summary>
internal static class ForeignFrames
{
    private const ushort TypeLldp = 0x88CC, TypeMpls = 0x8847, TypePppoe = 0x8864, TypeMacsec = 0x88E5;

    public static IEnumerable<Sample> All(Dice dice) => [.. OfLinks(dice), .. ToOthers(dice), .. OfOtherProtocols(dice), .. ToOtherPorts(dice), .. ToProtectedPorts(dice), .. Fragments(dice)];

    private static IEnumerable<Sample> OfLinks(Dice dice)
    {
        foreach (var type in new ushort[] { Headers.TypeArp, TypeLldp, TypeMpls, TypePppoe, TypeMacsec, 0x0000, 46 })
        {
            yield return Untouched($"type 0x{type:X4}", Headers.Ethernet(type, dice.Bytes(46)), Reason.NotIp);
            yield return Untouched($"type 0x{type:X4}, tagged", Headers.Ethernet(type, dice.Bytes(46), VlanTag.Outer, VlanTag.Inner), Reason.NotIp);
        }

        var flow = World.Banned.To(World.Gossip, isIpv6: false);
        var packet = Headers.Ipv4(flow.Source, flow.Destination, Headers.Udp, Headers.UdpTo(flow, []));
        yield return Untouched("three VLAN tags", Headers.Ethernet(Headers.TypeIpv4, packet, VlanTag.Outer, VlanTag.Inner, VlanTag.Inner), Reason.NotIp);
    }

    private static IEnumerable<Sample> ToOthers(Dice dice)
    {
        var broadcast = IPAddress.Broadcast;
        foreach (var destination in new[] { World.PodIpv4, broadcast, IPAddress.Any, IPAddress.Parse("224.0.0.251") })
        {
            var flow = new Flow(World.Banned.Ipv4, 53, destination, World.Gossip);
            var datagram = Headers.UdpTo(flow, dice.Bytes(20));
            yield return Untouched($"junk to {destination}", Headers.Ethernet(Headers.TypeIpv4, Headers.Ipv4(flow.Source, destination, Headers.Udp, datagram)), Reason.NotOurs);
            yield return Untouched($"a header that lies to {destination}", Headers.Ethernet(Headers.TypeIpv4, Headers.Ipv4(flow.Source, destination, Headers.Udp, datagram, new Ipv4Shape { HeaderWords = 2 })), Reason.NotOurs);
        }

        foreach (var destination in new[] { World.PodIpv6, IPAddress.IPv6Any, IPAddress.Parse("ff02::1:ff00:10") })
        {
            var solicitation = Headers.Ipv6(World.Unknown.Ipv6, destination, Headers.Icmpv6, [135, 0, .. dice.Bytes(22)]);
            yield return Untouched($"neighbour solicitation to {destination}", Headers.Ethernet(Headers.TypeIpv6, solicitation), Reason.NotOurs);
        }
    }

    private static IEnumerable<Sample> OfOtherProtocols(Dice dice)
    {
        foreach (var sender in World.Senders)
        {
            byte[] tooBig = [3, 4, .. dice.Bytes(34)];
            yield return Untouched($"fragmentation needed from {sender.Name}", Framing.PlainIpv4.Frame(sender.To(0, false), Headers.Icmp, tooBig), Reason.NotGuarded);
            yield return Untouched($"neighbour advertisement from {sender.Name}", Framing.PlainIpv6.Frame(sender.To(0, true), Headers.Icmpv6, [136, 0, .. dice.Bytes(30)]), Reason.NotGuarded);
            foreach (var protocol in new byte[] { Headers.IpInIp, Headers.Gre, Headers.Esp, 2, 41, 89, 132, 255 })
            {
                yield return Untouched($"protocol {protocol} from {sender.Name}", Framing.PlainIpv4.Frame(sender.To(0, false), protocol, dice.Bytes(60)), Reason.NotGuarded);
                yield return Untouched($"protocol {protocol} from {sender.Name}, IPv6", Framing.PlainIpv6.Frame(sender.To(0, true), protocol, dice.Bytes(60)), Reason.NotGuarded);
            }

            for (var rest = 0; rest < 4; rest++)
            {
                yield return Untouched($"{rest} bytes of UDP from {sender.Name}", Framing.PlainIpv4.Frame(sender.To(0, false), Headers.Udp, dice.Bytes(rest)), Reason.NotGuarded);
                yield return Untouched($"{rest} bytes of TCP from {sender.Name}", Framing.PlainIpv6.Frame(sender.To(0, true), Headers.Tcp, dice.Bytes(rest)), Reason.NotGuarded);
            }
        }
    }

    private static IEnumerable<Sample> ToOtherPorts(Dice dice)
    {
        var inner = GoodFrame(dice);
        foreach (var sender in World.Senders)
        {
            foreach (var framing in Framing.All)
            {
                foreach (var port in new ushort[] { World.Vxlan, World.VxlanByIana, World.Geneve, World.Wireguard, World.Closed, 45000, 0 })
                {
                    var parcel = Parcel.Udp($"UDP to {port}", port, [8, 0, 0, 0, 0, 0, 7, 0, .. inner]);
                    yield return Untouched($"{parcel.Name} from {sender.Name}, {framing}", parcel.From(sender, framing), Reason.NotGuarded);
                }

                // The right port of the other protocol.
                yield return Untouched($"TCP to TVU from {sender.Name}, {framing}", Parcel.Tcp("", World.Tvu, TcpFlags.None, []).From(sender, framing), Reason.NotGuarded);
                yield return Untouched($"UDP to RPC from {sender.Name}, {framing}", Parcel.Udp("", World.Rpc, [0]).From(sender, framing), Reason.NotGuarded);
            }
        }
    }

    private static IEnumerable<Sample> ToProtectedPorts(Dice dice)
    {
        foreach (var sender in World.Senders)
        {
            foreach (var port in new ushort[] { 50000, 50001, 6443, 2379, 2380, 10250, 4240, 4244 })
            {
                var reason = World.Tables.TcpRoles.ContainsKey(port) ? Reason.ProtectedPort : Reason.NotGuarded;
                yield return Untouched($"SYN to {port} from {sender.Name}", Parcel.Tcp("", port, TcpFlags.Syn, []).From(sender, Framing.PlainIpv4), reason);
                yield return Untouched($"junk to {port} from {sender.Name}", Parcel.Tcp("", port, TcpFlags.None, dice.Bytes(9), headerWords: 1).From(sender, Framing.PlainIpv6), reason);
            }
        }
    }

    private static IEnumerable<Sample> Fragments(Dice dice)
    {
        foreach (var sender in World.Senders)
        {
            foreach (var fragment in new ushort[] { 0x2001, 0x0001, 0x00B9, 0x3FFF, 0x1FFF })
            {
                var framing = Framing.WithShape("fragment", new Ipv4Shape { Fragment = fragment });
                yield return Untouched($"fragment 0x{fragment:X4} from {sender.Name}", framing.Frame(sender.To(World.Gossip, false), Headers.Udp, dice.Bytes(64)), Reason.FragmentRest);
            }

            foreach (var offset in new[] { 1, 185, 8191 })
            {
                var framing = Framing.WithExtensions("fragment", Ipv6Extension.HopByHop, Ipv6Extension.Fragment(offset, more: true));
                yield return Untouched($"IPv6 fragment {offset} from {sender.Name}", framing.Frame(sender.To(World.Gossip, true), Headers.Udp, dice.Bytes(64)), Reason.FragmentRest);
            }
        }
    }

    private static byte[] GoodFrame(Dice dice) => Parcel.Udp("", World.Gossip, GossipMessages.Tagged(dice, 99, 50)).From(World.Banned, Framing.PlainIpv4);

    private static Sample Untouched(string name, byte[] frame, Reason reason) =>
        new(name, frame, new Judgement(Verdict.Pass, PortRole.None, PeerClass.Unknown, reason));
}
