namespace Slipway.Kernel.Tests.Corpus;

/// <summary>A transport segment for a port of the node, before it has a sender and a framing.</summary>
/// <param name="Name">As it stands in a sample's name.</param>
/// <param name="Protocol">UDP or TCP, by number.</param>
/// <param name="Port">Of the node.</param>
/// <param name="Segment">Header and payload for a flow.</param>
internal sealed record Parcel(string Name, byte Protocol, ushort Port, Func<Flow, byte[]> Segment)
{
    public static Parcel Udp(string name, ushort port, byte[] payload) =>
        new(name, Headers.Udp, port, flow => Headers.UdpTo(flow, payload));

    public static Parcel Tcp(string name, ushort port, TcpFlags flags, byte[] payload, int optionWords = 0, int? headerWords = null) =>
        new(name, Headers.Tcp, port, flow => Headers.TcpTo(flow, flags, payload, optionWords, headerWords));

    /// <summary>The whole frame as a sender's.</summary>
    public byte[] From(Sender sender, Framing framing)
    {
        var flow = sender.To(Port, framing.IsIpv6);
        return framing.Frame(flow, Protocol, Segment(flow));
    }
}
