using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Slipway.Kernel.Tests.Machine;

namespace Slipway.Benchmarks.Follow;

/// <summary>
/// Two steady streams from world to one port of the node: an operator's, of which every datagram has to arrive, and a banned
/// source's, which the filter drops: each of those that arrives went by while the filter was out.
/// </summary>
internal sealed class GuardedStream : IDisposable
{
    public const int Port = 8001;

    public const string Operator = "10.77.0.2";
    public const string Banned = "10.77.0.3";

    /// <summary>Of each kind.</summary>
    public const int PerSecond = 10_000;

    private const int SocketLevel = 1;  // SOL_SOCKET
    private const int ForceBuffer = 33; // SO_RCVBUFFORCE: root may go beyond rmem_max
    private const int BufferBytes = 64 << 20;
    private const byte FromOperator = 2;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    private readonly Socket _receiver;
    private readonly Socket _operator;
    private readonly Socket _banned;
    private readonly Thread _sending;
    private readonly byte[] _buffer = new byte[64];
    private readonly Lock _pause = new();
    private volatile bool _stop;
    private long _sent;
    private long _arrived;

    public GuardedStream(VethPair veth)
    {
        veth.World.Ip("addr", "add", $"{Banned}/24", "dev", VethPair.WorldLink);
        _receiver = veth.Node.Inside(NewSocket);
        _receiver.SetRawSocketOption(SocketLevel, ForceBuffer, BitConverter.GetBytes(BufferBytes));
        _receiver.Bind(new IPEndPoint(IPAddress.Parse("10.77.0.1"), Port));
        _operator = Sender(veth, Operator);
        _banned = Sender(veth, Banned);
        // The first datagram waits for the neighbour's answer; the streams begin when that is known.
        _operator.Send([0]);
        if (!_receiver.Poll(s_patience, SelectMode.SelectRead))
        {
            throw new InvalidOperationException("the wire carries nothing");
        }

        _receiver.Receive(_buffer);
        _sending = new Thread(Send) { IsBackground = true, Name = "streams" };
        _sending.Start();
    }

    /// <summary>The operator's datagrams that had not arrived when it was last counted, of all that were sent.</summary>
    public long Lost { get; private set; }

    /// <summary>Lets the streams run for so many datagrams of each kind.</summary>
    public void Advance(int datagrams)
    {
        var until = Interlocked.Read(ref _sent) + datagrams;
        if (!SpinWait.SpinUntil(() => Interlocked.Read(ref _sent) >= until, s_patience))
        {
            throw new InvalidOperationException("the streams stand still");
        }
    }

    /// <summary>Halts the streams until all that was sent has come through, and counts the banned source's that arrived since the last count.</summary>
    public long Unseen()
    {
        lock (_pause)
        {
            Lost = _sent - _arrived;
            var unseen = 0L;
            // The banned source's last datagram went just before the operator's last; a busy machine may take its time with both.
            while (_receiver.Poll(Lost > 0 ? s_patience : TimeSpan.FromMilliseconds(20), SelectMode.SelectRead))
            {
                _receiver.Receive(_buffer);
                (_arrived, unseen) = _buffer[0] == FromOperator ? (_arrived + 1, unseen) : (_arrived, unseen + 1);
                Lost = _sent - _arrived;
            }

            return unseen;
        }
    }

    public void Dispose()
    {
        _stop = true;
        _sending.Join();
        _operator.Dispose();
        _banned.Dispose();
        _receiver.Dispose();
    }

    private static Socket NewSocket() => new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);

    private static Socket Sender(VethPair veth, string source)
    {
        var socket = veth.World.Inside(NewSocket);
        socket.Bind(new IPEndPoint(IPAddress.Parse(source), 0));
        socket.Connect(IPAddress.Parse("10.77.0.1"), Port);
        return socket;
    }

    /// <summary>After a pause the pace goes on from there: no burst makes up for it.</summary>
    private void Send()
    {
        var apart = Stopwatch.Frequency / PerSecond;
        var due = Stopwatch.GetTimestamp();
        while (!_stop)
        {
            var now = Stopwatch.GetTimestamp();
            if (now < due)
            {
                Thread.Yield();
                continue;
            }

            due = now - due > 20 * apart ? now + apart : due + apart;
            lock (_pause)
            {
                _banned.Send([3]);
                _operator.Send([FromOperator]);
                _sent++;
            }
        }
    }
}
