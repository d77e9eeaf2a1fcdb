namespace Slipway.Kernel.Tests.Corpus;

/// <summary>QUIC version 1 (RFC 9000, section 17): what a filter can see without keys.</summary>
internal static class QuicPackets
{
    public const int ShortestInitial = 1200;

    /// <summary>Long header, type 0; a client pads the datagram to 1200 bytes (RFC 9000, section 14.1).</summary>
    public static byte[] Initial(Dice dice, int length) => Long(dice, type: 0, length);

    public static byte[] ZeroRtt(Dice dice, int length) => Long(dice, type: 1, length);

    public static byte[] Handshake(Dice dice, int length) => Long(dice, type: 2, length);

    /// <summary>The fixed bit alone, then a connection id and ciphertext.</summary>
    public static byte[] Short(Dice dice, int length)
    {
        var packet = dice.Bytes(length);
        packet[0] = (byte)(0x40 | packet[0] & 0x3F);
        return packet;
    }

    /// <summary>Version 0: only servers send it.</summary>
    public static byte[] VersionNegotiation(Dice dice, int length) => Long(dice, type: 0, length, version: 0);

    public static byte[] Long(Dice dice, int type, int length, uint version = 1)
    {
        var packet = dice.Bytes(length);
        packet[0] = (byte)(0xC0 | type << 4 | packet[0] & 0x0F);
        byte[] header = [(byte)(version >> 24), (byte)(version >> 16), (byte)(version >> 8), (byte)version, 8, .. dice.Bytes(8), 8];
        header.AsSpan(0, Math.Min(header.Length, length - 1)).CopyTo(packet.AsSpan(1));
        return packet;
    }
}
