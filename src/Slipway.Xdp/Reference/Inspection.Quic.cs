namespace Slipway.Xdp.Reference;

internal sealed partial class Inspection
{
    private const int ShortestLongHeader = 21, ShortestInitial = 1200;

    /// <summary>RFC 9000, sections 14.1 and 17. Only what opens a connection is limited.</summary>
    private Reason? Quic(int at, int length)
    {
        if (!Is(length >= 1, at, "QUIC packet", $"{length} bytes", $"at least 1"))
        {
            return Reason.QuicHeader;
        }

        if (!Sees(at, 1))
        {
            return null;
        }

        var first = Byte(at);
        if (!Is(first >= 0x80, at, "QUIC first byte", $"0x{first:X2}", $"a long header: a connection that begins"))
        {
            return Reason.Established;
        }

        if (!Is(length >= ShortestLongHeader, at, "QUIC long header", $"{length} bytes", $"at least {ShortestLongHeader}"))
        {
            return Reason.QuicHeader;
        }

        return Sees(at + 1, 4) ? QuicVersion(at, length, first) : null;
    }

    private Reason? QuicVersion(int at, int length, byte first)
    {
        var isServerOnly = _role == PortRole.TpuQuic;
        var version = DoubleWord(at + 1);
        if (version == 0)
        {
            // Only servers send it: to one that never dials, it is junk.
            return Is(!isServerOnly, at + 1, "QUIC version", $"0 (negotiation)", $"not 0 at a server") ? Reason.Established : Reason.QuicHeader;
        }

        Note(at + 1, "QUIC version", $"{version}");
        if (version != 1)
        {
            return null;
        }

        if (!Is((first & 0x30) == 0, at, "QUIC packet type", $"{first >> 4 & 3}", $"0 (Initial): a connection that begins"))
        {
            return Reason.Established;
        }

        return Is(!isServerOnly || length >= ShortestInitial, at, "QUIC Initial", $"{length} bytes", $"{(isServerOnly ? ShortestInitial : ShortestLongHeader)} at least")
            ? null
            : Reason.QuicInitialSize;
    }
}
