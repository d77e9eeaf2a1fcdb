using System.Buffers.Binary;

namespace Slipway.Kernel.Tests.Corpus;

/// <summary>The Internet checksum (RFC 1071), so that packets of the corpus can also travel over a live interface.</summary>
internal static class Checksum
{
    public static ushort Of(params ReadOnlySpan<byte[]> parts)
    {
        var sum = 0u;
        foreach (var part in parts)
        {
            for (var at = 0; at + 1 < part.Length; at += 2)
            {
                sum += BinaryPrimitives.ReadUInt16BigEndian(part.AsSpan(at));
            }

            // Only the last part may be odd; the others are headers.
            sum += part.Length % 2 == 1 ? (uint)part[^1] << 8 : 0;
        }

        while (sum >> 16 != 0)
        {
            sum = (sum & 0xFFFF) + (sum >> 16);
        }

        return (ushort)~sum;
    }
}
