using System.Buffers.Binary;

namespace Slipway.Kernel.Tests.Corpus;

/// <summary>Endless packets of one seed: the corpus' own with bits, fields and lengths changed, and some of pure noise.</summary>
internal sealed class Mutations
{
    private const int PoolSize = 20_000, Longest = 1600;
    private static readonly ushort[] Telling = [0, 1, 4, 5, 7, 8, 17, 20, 28, 40, 44, 53, 60, 132, 160, 180, 255, 256, 1023, 1024, 1199, 1200, 1203, 1232, 1233, 0x2000, 0x4000, 0x8000, 0x8100, 0x86DD, 0xFFFF];
    private static readonly ushort[] Ports = [.. World.Tables.UdpRoles.Keys, .. World.Tables.TcpRoles.Keys];

    private readonly Dice _dice;
    private readonly byte[][] _pool;
    private readonly byte[] _buffer = new byte[Longest];

    public Mutations(ulong seed, IReadOnlyList<Sender> senders)
    {
        _dice = new Dice(seed);
        Letter[] letters = [.. GoodLetters.All(_dice), .. GoodLetters.All(_dice), .. BadLetters.All(_dice)];
        _pool = [.. Enumerable.Range(0, PoolSize).Select(_ => _dice.Of(letters).Parcel.From(_dice.Of(senders), _dice.Of(Framing.All)))];
    }

    /// <summary>The next one, at least <paramref name="shortest"/> bytes long. It is overwritten by the one after it.</summary>
    public ReadOnlyMemory<byte> Next(int shortest)
    {
        if (_dice.OneIn(20))
        {
            return Noise(shortest);
        }

        var origin = _dice.Of(_pool);
        origin.CopyTo(_buffer, 0);
        var length = origin.Length;
        for (var changes = _dice.Below(4); changes > 0; changes--)
        {
            length = Change(length);
        }

        return _buffer.AsMemory(0, Math.Max(length, shortest));
    }

    private int Change(int length)
    {
        // Most of what is decided is decided in the first bytes.
        var at = _dice.Below(_dice.OneIn(4) ? length : Math.Min(length, 100));
        switch (_dice.Below(7))
        {
            case 0:
                _buffer[at] ^= (byte)(1 << _dice.Below(8));
                return length;
            case 1:
                _buffer[at] = (byte)_dice.Next();
                return length;
            case 2:
                BinaryPrimitives.WriteUInt16BigEndian(_buffer.AsSpan(at), _dice.Of(Telling));
                return length;
            case 3:
                BinaryPrimitives.WriteUInt16LittleEndian(_buffer.AsSpan(at), _dice.Of(Telling));
                return length;
            case 4:
                BinaryPrimitives.WriteUInt16BigEndian(_buffer.AsSpan(_dice.Of([36, 40, 56, 60, at])), _dice.Of(Ports));
                return length;
            case 5:
                return Math.Max(1, _dice.OneIn(2) ? at : length - _dice.Below(Math.Min(length, 40)));
            default:
                var more = _dice.Below(Math.Min(60, Longest - length));
                _dice.Fill(_buffer.AsSpan(length, more));
                return length + more;
        }
    }

    /// <summary>Nothing but random bytes, or random bytes in an IP packet to the node.</summary>
    private ReadOnlyMemory<byte> Noise(int shortest)
    {
        var length = Math.Max(shortest, _dice.Below(200));
        var frame = _buffer.AsMemory(0, length);
        _dice.Fill(frame.Span);
        if (length >= 60 && !_dice.OneIn(4))
        {
            var isIpv6 = _dice.OneIn(3);
            BinaryPrimitives.WriteUInt16BigEndian(frame.Span[12..], isIpv6 ? Headers.TypeIpv6 : Headers.TypeIpv4);
            frame.Span[14] = (byte)(isIpv6 ? 0x60 : 0x45);
            BinaryPrimitives.WriteUInt16BigEndian(frame.Span[(isIpv6 ? 18 : 16)..], (ushort)(length - (isIpv6 ? 54 : 14)));
            frame.Span[isIpv6 ? 20 : 23] = _dice.Of<byte>([Headers.Udp, Headers.Tcp, 0, 43, 44, 51, 60, 135]);
            (isIpv6 ? World.NodeIpv6 : World.NodeIpv4).TryWriteBytes(frame.Span[(isIpv6 ? 38 : 30)..], out _);
        }

        return frame;
    }
}
