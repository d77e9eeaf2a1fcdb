using Slipway.Xdp;

namespace Slipway.Kernel.Tests.Corpus;

/// <summary>A parcel with what must become of it when its sender is nobody special.</summary>
internal sealed record Letter(Parcel Parcel, PortRole Role, Reason Reason)
{
    public Sample From(Sender sender, Framing framing) =>
        new($"{Parcel.Name} from {sender.Name}, {framing}", Parcel.From(sender, framing), sender.Fate(Role, Reason));

    public static Letter Udp(string name, ushort port, byte[] payload, Reason reason = Reason.Accepted) =>
        new(Parcel.Udp(name, port, payload), World.Tables.UdpRoles[port], reason);

    public static Letter Tcp(string name, ushort port, TcpFlags flags, byte[] payload, Reason reason, int optionWords = 0, int? headerWords = null) =>
        new(Parcel.Tcp(name, port, flags, payload, optionWords, headerWords), World.Tables.TcpRoles[port], reason);
}
