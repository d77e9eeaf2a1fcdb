using System.Net;
using Slipway.Xdp;
using Slipway.Xdp.Reference;

namespace Slipway.Kernel.Tests.Corpus;

/// <summary>Somebody with an address of each family, and what the node's tables say of him.</summary>
internal sealed record Sender(string Name, IPAddress Ipv4, IPAddress Ipv6, PeerMeta Meta)
{
    /// <summary>Above what reflectors use, as a validator's own sockets are.</summary>
    public const ushort Port = 8000;

    public Flow To(ushort port, bool isIpv6) =>
        isIpv6 ? new Flow(Ipv6, Port, World.NodeIpv6, port) : new Flow(Ipv4, Port, World.NodeIpv4, port);

    /// <summary>What becomes of a packet that its content alone would give <paramref name="reason"/>.</summary>
    public Judgement Fate(PortRole role, Reason reason) => Meta.Class switch
    {
        PeerClass.Operator => new Judgement(Verdict.Pass, role, Meta.Class, Reason.FromOperator),
        PeerClass.Node => new Judgement(Verdict.Pass, role, Meta.Class, Reason.FromNode),
        PeerClass.Banned when role != PortRole.None => new Judgement(Verdict.Drop, role, Meta.Class, Reason.Banned),
        _ => new Judgement(reason.IsDrop() ? Verdict.Drop : Verdict.Pass, role, Meta.Class, reason),
    };
}
