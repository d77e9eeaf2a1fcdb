using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Slipway.Kernel.Tests.Machine;

/// <summary>A steady stream of datagrams from world to node, each of which has to arrive: the buffer at the end holds them all.</summary>
internal sealed class MustPassStream : IDisposable
{
    private const int SocketLevel = 1;         // SOL_SOCKET
    private const int ForceBuffer = 33;        // SO_RCVBUFFORCE: root may go beyond rmem_max
    private const int BufferBytes = 256 << 20; // over 200,000 datagrams: ten seconds of the stream
    private const int PerSecond = 20_000;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private readonly Socket _sender;
    private readonly Socket _receiver;
    private readonly Thread _thread;
    private long _sent;
    private volatile bool _stop;

    /// <param name="port">Where it goes; 0 for any free one.</param>
    public MustPassStream(VethPair veth, int port = 0)
    {
        _receiver = veth.Node.Inside(() => new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp));
        _receiver.SetRawSocketOption(SocketLevel, ForceBuffer, BitConverter.GetBytes(BufferBytes));
        _receiver.Bind(new IPEndPoint(IPAddress.Parse("10.77.0.1"), port));
        _sender = veth.World.Inside(() => new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp));
        _sender.Connect(_receiver.LocalEndPoint!);
        // The first datagram waits for the neighbour's answer; the stream begins when that is known.
        _sender.Send([0]);
        Assert.True(_receiver.Poll(s_patience, SelectMode.SelectRead), "the wire carries nothing");
        _receiver.Receive(new byte[1]);
        _thread = new Thread(Send) { IsBackground = true, Name = "must-pass stream" };
        _thread.Start();
    }

    /// <summary>Waits until so many more are on their way.</summary>
    public void Advance(int datagrams)
    {
        var until = Interlocked.Read(ref _sent) + datagrams;
        Assert.True(SpinWait.SpinUntil(() => Interlocked.Read(ref _sent) >= until, s_patience), "the stream stands still");
    }

    /// <summary>Ends the stream and counts what arrived.</summary>
    public (long Sent, long Received) Finish()
    {
        _stop = true;
        _thread.Join();
        var received = 0L;
        var buffer = new byte[64];
        while (_receiver.Poll(TimeSpan.FromMilliseconds(200), SelectMode.SelectRead))
        {
            _receiver.Receive(buffer);
            received++;
        }

        return (Interlocked.Read(ref _sent), received);
    }

    public void Dispose()
    {
        _stop = true;
        _thread.Join();
        _sender.Dispose();
        _receiver.Dispose();
    }

    private void Send()
    {
        var begin = Stopwatch.GetTimestamp();
        var datagram = new byte[32];
        while (!_stop)
        {
            if (_sent < Stopwatch.GetElapsedTime(begin).TotalSeconds * PerSecond)
            {
                _sender.Send(datagram);
                Interlocked.Increment(ref _sent);
            }
            else
            {
                Thread.Yield();
            }
        }
    }
}
