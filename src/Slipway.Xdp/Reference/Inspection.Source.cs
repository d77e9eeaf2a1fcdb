using System.Collections.Frozen;

namespace Slipway.Xdp.Reference;

internal sealed partial class Inspection
{
    /// <summary>Talos, the Kubernetes API, etcd, the kubelet and Cilium: whoever cuts them cuts the hand that holds the node.</summary>
    private static readonly FrozenSet<int> s_protectedPorts = FrozenSet.Create(50000, 50001, 6443, 2379, 2380, 10250, 4240, 4244);

    /// <summary>Counters and limits have room for so many roles.</summary>
    private const int RolesThatCount = 12;

    /// <summary>Rule 5: what the port is for.</summary>
    private Judgement Ports(int at, int rest, int protocol, PacketAddress destination, bool isFirstFragment)
    {
        if (!Is(rest >= 4, at, "ports", $"{rest} bytes", $"at least 4"))
        {
            return Pass(Reason.NotGuarded);
        }

        if (!Sees(at, 4))
        {
            return Hidden(at, Reason.NotGuarded);
        }

        var port = (ushort)Word(at + 2);
        var isTcp = protocol == ProtocolTcp;
        var role = (isTcp ? tables.TcpRoles : tables.UdpRoles).GetValueOrDefault(port);
        if (!Is(role != PortRole.None, at + 2, "destination port", $"{port}/{(isTcp ? "TCP" : "UDP")}, {role}", $"a port with a role"))
        {
            return Pass(Reason.NotGuarded);
        }

        if (isTcp && !Is(!s_protectedPorts.Contains(port), at + 2, "destination port", $"{port}/TCP", $"not one that is never dropped"))
        {
            return Pass(Reason.ProtectedPort);
        }

        if (!Is((int)role < RolesThatCount, at + 2, "role", $"{(int)role}", $"below {RolesThatCount}"))
        {
            return Pass(Reason.NotGuarded);
        }

        _role = role;
        return Source(destination) ?? (isTcp ? Tcp(at, rest) : Udp(at, rest, isFirstFragment));
    }

    /// <summary>Rules 6 and 7: who sends. Null: goes on.</summary>
    private Judgement? Source(PacketAddress destination)
    {
        if (!Is(!IsMartian(_source), null, "source", $"{_source}", $"one that can exist on a wire"))
        {
            return Drop(Reason.Martian);
        }

        if (!Is(_source != destination, null, "source", $"{_source}", $"another than the destination"))
        {
            return Drop(Reason.Land);
        }

        _peer = tables.Find(_source);
        Is(_peer.Class is PeerClass.Unknown or PeerClass.Known or PeerClass.Staked, null, "source", $"{_source}, {_peer.Class}", $"Unknown, Known or Staked");
        return _peer.Class switch
        {
            PeerClass.Operator => Pass(Reason.FromOperator),
            PeerClass.Node => Pass(Reason.FromNode),
            PeerClass.Own => Drop(Reason.OwnSource),
            PeerClass.Banned => Drop(Reason.Banned),
            _ => null,
        };
    }

    private static bool IsMartian(PacketAddress source)
    {
        if (!source.IsIpv6)
        {
            return (int)(source.Bits >> 24) is 0 or 127 or >= 224;
        }

        return source.Bits >> 120 == 0xFF // multicast
            || source.Bits >> 32 == 0 // ::/96: unspecified, loopback, IPv4-compatible
            || source.Bits >> 32 == 0xFFFF; // ::ffff:0:0/96: IPv4-mapped, never on a wire
    }
}
