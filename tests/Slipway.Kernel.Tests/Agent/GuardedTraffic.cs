using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Slipway.Kernel.Tests.Machine;

namespace Slipway.Kernel.Tests.Agent;

/// <summary>
/// Two steady streams from world to one port of the node: an operator's, of which every datagram has to arrive, and a banned source's,
/// of which none may, once the filter stands.
/// </summary>
internal sealed class GuardedTraffic : IDisposable
{
    public const int Port = 8001;

    public const string Operator = "10.77.0.2";
    public const string Banned = "10.77.0.3";

    private const int SocketLevel = 1;  // SOL_SOCKET
    private const int ForceBuffer = 33; // SO_RCVBUFFORCE: root may go beyond rmem_max
    private const int BufferBytes = 64 << 20;
    private const int PerSecond = 2000;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly Socket _receiver;
    private readonly Socket _operator;
    private readonly Socket _banned;
    private readonly Thread _sending;
    private readonly Thread _receiving;
    private volatile bool _stop;
    private volatile bool _end;
    private long _sent;
    private long _arrived;
    private long _leaked;

    public GuardedTraffic(VethPair veth)
    {
        veth.World.Ip("addr", "add", $"{Banned}/24", "dev", VethPair.WorldLink);
        _receiver = veth.Node.Inside(NewSocket);
        _receiver.SetRawSocketOption(SocketLevel, ForceBuffer, BitConverter.GetBytes(BufferBytes));
        _receiver.Bind(new IPEndPoint(IPAddress.Parse("10.77.0.1"), Port));
        _operator = Sender(veth, Operator);
        _banned = Sender(veth, Banned);
        // The first datagram waits for the neighbour's answer; the streams begin when that is known.
        _operator.Send([0]);
        Assert.True(_receiver.Poll(s_patience, SelectMode.SelectRead), "the wire carries nothing");
        _receiver.Receive(new byte[1]);
        _receiving = new Thread(Receive) { IsBackground = true, Name = "traffic received" };
        _sending = new Thread(Send) { IsBackground = true, Name = "traffic sent" };
        _receiving.Start();
        _sending.Start();
    }

    /// <summary>A banned source's datagrams that reached the socket so far.</summary>
    public long Leaked => Interlocked.Read(ref _leaked);

    /// <summary>Waits until so many more of both kinds are on their way.</summary>
    public void Advance(int datagrams)
    {
        var until = Interlocked.Read(ref _sent) + datagrams;
        Assert.True(SpinWait.SpinUntil(() => Interlocked.Read(ref _sent) >= until, s_patience), "the streams stand still");
    }

    /// <summary>Waits until what is on its way has been judged, and then so long that a leak would show.</summary>
    public void MustNotLeak()
    {
        Advance(100);
        var before = Leaked;
        Advance(400);
        Assert.Equal(before, Leaked);
    }

    /// <summary>Ends the streams; every datagram of the operator's has to have arrived.</summary>
    public void FinishWithoutLoss()
    {
        _stop = true;
        _sending.Join();
        SpinWait.SpinUntil(() => Interlocked.Read(ref _arrived) == _sent, TimeSpan.FromSeconds(5));
        Assert.Equal(_sent, Interlocked.Read(ref _arrived));
    }

    public void Dispose()
    {
        _stop = true;
        _end = true;
        _sending.Join();
        _receiving.Join();
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

    private void Send()
    {
        var begin = Stopwatch.GetTimestamp();
        while (!_stop)
        {
            for (var due = (long)(Stopwatch.GetElapsedTime(begin).TotalSeconds * PerSecond); _sent < due && !_stop; Interlocked.Increment(ref _sent))
            {
                _banned.Send([3]);
                _operator.Send([2]);
            }

            Thread.Sleep(1);
        }
    }

    private void Receive()
    {
        var buffer = new byte[64];
        while (!_end)
        {
            if (_receiver.Poll(TimeSpan.FromMilliseconds(100), SelectMode.SelectRead) && _receiver.Receive(buffer) > 0)
            {
                Interlocked.Increment(ref buffer[0] == 2 ? ref _arrived : ref _leaked);
            }
        }
    }
}
