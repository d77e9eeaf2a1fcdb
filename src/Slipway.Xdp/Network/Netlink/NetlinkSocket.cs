using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Slipway.Xdp.Failures;
using Slipway.Xdp.Interop;

namespace Slipway.Xdp.Network.Netlink;

/// <summary>
/// A netlink socket of the calling thread's network namespace. Requests are answered at once by the kernel, so that they block
/// for microseconds; events wait in the socket until they are read.
/// </summary>
internal sealed unsafe class NetlinkSocket : IDisposable
{
    public const int Route = 0;
    public const int Generic = 16;

    private const int Family = 16;              // AF_NETLINK
    private const int RawCloseOnExec = 0x80003; // SOCK_RAW | SOCK_CLOEXEC
    private const ushort ErrorMessage = 2;      // NLMSG_ERROR, with 0 the acknowledgement
    private const ushort DoneMessage = 3;       // NLMSG_DONE
    private const ushort InterruptedDump = 0x10; // NLM_F_DUMP_INTR: the list changed while it was read

    private readonly BpfHandle _socket;
    private readonly byte[] _buffer = new byte[64 * 1024];
    private uint _sequence;

    /// <param name="protocol">One of the constants of this type.</param>
    /// <param name="groups">Bit mask of the multicast groups to hear.</param>
    public NetlinkSocket(int protocol, uint groups = 0)
    {
        _socket = new BpfHandle(Libc.Socket(Family, RawCloseOnExec, protocol));
        Check(_socket.IsInvalid ? -1 : 0, "opening a netlink socket");
        Span<byte> address = stackalloc byte[12];
        address.Clear();
        BinaryPrimitives.WriteUInt16LittleEndian(address, Family);
        BinaryPrimitives.WriteUInt32LittleEndian(address[8..], groups);
        fixed (byte* bytes = address)
        {
            Check(Libc.Bind(_socket.Fd, bytes, 12), "binding a netlink socket");
        }
    }

    /// <summary>What a caller makes of one answer: <paramref name="body"/> begins after the netlink header.</summary>
    public delegate void Handler(ushort type, ReadOnlySpan<byte> body);

    public int Fd => _socket.Fd;

    /// <summary>Sends a request and hands over each answer; gives the errno of the kernel's refusal, or 0.</summary>
    public int TryRequest(NetlinkWriter request, Handler handle)
    {
        var sequence = ++_sequence;
        var bytes = request.Finish(sequence);
        fixed (byte* data = bytes)
        {
            Check((int)Libc.Send(_socket.Fd, data, (nuint)bytes.Length, 0), "asking the kernel by netlink");
        }

        while (true)
        {
            var rest = Receive(0);
            while (Take(ref rest, out var type, out var flags, out var answered, out var body))
            {
                if (answered != sequence)
                {
                    continue;
                }

                switch (type)
                {
                    case ErrorMessage:
                        return -BinaryPrimitives.ReadInt32LittleEndian(body);
                    case DoneMessage:
                        return (flags & InterruptedDump) != 0 ? Errno.Again : 0;
                    default:
                        handle(type, body);
                        break;
                }
            }
        }
    }

    /// <summary>Reads the events that wait, without waiting for more. False when the kernel had to throw some away.</summary>
    public bool Drain(Handler handle)
    {
        const int doNotWait = 0x40;
        try
        {
            for (var rest = Receive(doNotWait); !rest.IsEmpty; rest = Receive(doNotWait))
            {
                while (Take(ref rest, out var type, out _, out _, out var body))
                {
                    handle(type, body);
                }
            }

            return true;
        }
        catch (XdpException overrun) when (overrun.Errno == Errno.NoBufferSpace)
        {
            return false;
        }
    }

    public void Dispose() => _socket.Dispose();

    private static void Check(int result, string what)
    {
        if (result < 0)
        {
            throw XdpException.FromErrno(Marshal.GetLastPInvokeError(), what);
        }
    }

    private static bool Take(ref ReadOnlySpan<byte> rest, out ushort type, out ushort flags, out uint sequence, out ReadOnlySpan<byte> body)
    {
        (type, flags, sequence) = (0, 0, 0);
        body = default;
        if (rest.Length < 16)
        {
            return false;
        }

        var length = (int)BinaryPrimitives.ReadUInt32LittleEndian(rest);
        if (length < 16 || length > rest.Length)
        {
            return false;
        }

        type = BinaryPrimitives.ReadUInt16LittleEndian(rest[4..]);
        flags = BinaryPrimitives.ReadUInt16LittleEndian(rest[6..]);
        sequence = BinaryPrimitives.ReadUInt32LittleEndian(rest[8..]);
        body = rest[16..length];
        rest = rest[Math.Min(NetlinkWriter.Align(length), rest.Length)..];
        return true;
    }

    /// <summary>The next datagram, or nothing when none waits and we do not want to.</summary>
    private ReadOnlySpan<byte> Receive(int flags)
    {
        fixed (byte* data = _buffer)
        {
            while (true)
            {
                var received = (int)Libc.Receive(_socket.Fd, data, (nuint)_buffer.Length, flags);
                var errno = received < 0 ? Marshal.GetLastPInvokeError() : 0;
                if (errno == Errno.Interrupted)
                {
                    continue;
                }

                if (errno == Errno.Again)
                {
                    return default;
                }

                return errno == 0 ? _buffer.AsSpan(0, received) : throw XdpException.FromErrno(errno, "reading from netlink");
            }
        }
    }
}
