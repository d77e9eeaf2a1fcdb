using Slipway.Xdp;

namespace Slipway.Kernel.Tests.Corpus;

/// <summary>Good packets that end too soon, their headers still telling the old length.</summary>
internal static class Truncations
{
    /// <summary>Every length from none to all but one byte.</summary>
    public static IEnumerable<Sample> Of(Letter letter, Sender sender, Framing framing)
    {
        var frame = letter.Parcel.From(sender, framing);
        var header = framing.Layer3 + (framing.IsIpv6 ? 40 : 20);
        for (var length = 0; length < frame.Length; length++)
        {
            var expected = length < header ? World.Unknown.Fate(PortRole.None, Reason.NotIp) : sender.Fate(PortRole.None, Reason.IpHeader);
            yield return new Sample($"{letter.Parcel.Name} from {sender.Name}, {framing}, cut to {length}", frame[..length], expected);
        }
    }
}
