using System.Net;
using System.Net.Sockets;

namespace Slipway.Kernel.Tests.Machine;

/// <summary>A socket of the node, and datagrams that the world sends to it.</summary>
internal sealed class UdpInbox : IDisposable
{
    private const int SocketLevel = 1;  // SOL_SOCKET
    private const int ForceBuffer = 33; // SO_RCVBUFFORCE: root may go beyond rmem_max
    private const int BufferBytes = 4 << 20;
    private const int NoChecksum = 11;  // SO_NO_CHECK

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private readonly Socket _sender;
    private readonly Socket _receiver;

    /// <param name="source">The sender's address, which the world gets where it has it not.</param>
    public UdpInbox(VethPair veth, int port, string source = "10.77.0.2")
    {
        // EEXIST where it is there.
        veth.World.Try("ip", "addr", "add", $"{source}/24", "dev", VethPair.WorldLink);
        _receiver = veth.Node.Inside(() => new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp));
        _receiver.SetRawSocketOption(SocketLevel, ForceBuffer, BitConverter.GetBytes(BufferBytes));
        _receiver.Bind(new IPEndPoint(IPAddress.Parse("10.77.0.1"), port));
        _sender = veth.World.Inside(() => new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp));
        // A frame that is sent on to another CPU loses what its device knew of its checksum: these have none.
        _sender.SetRawSocketOption(SocketLevel, NoChecksum, BitConverter.GetBytes(1));
        _sender.Bind(new IPEndPoint(IPAddress.Parse(source), 0));
        _sender.Connect(_receiver.LocalEndPoint!);
    }

    /// <summary>How many have come by now, and are taken out.</summary>
    public int Waiting
    {
        get
        {
            var buffer = new byte[65536];
            var waiting = 0;
            for (; _receiver.Available > 0; waiting++)
            {
                _receiver.Receive(buffer);
            }

            return waiting;
        }
    }

    public void Send(int datagrams, int bytes = 32)
    {
        for (var i = 0; i < datagrams; i++)
        {
            _sender.Send(new byte[bytes]);
        }
    }

    /// <summary>How many came: as many as asked for, or fewer when no more come for a while.</summary>
    public int Receive(int most)
    {
        var received = 0;
        var buffer = new byte[65536];
        while (received < most && _receiver.Poll(received == 0 ? s_patience : TimeSpan.FromSeconds(1), SelectMode.SelectRead))
        {
            _receiver.Receive(buffer);
            received++;
        }

        return received;
    }

    public void Dispose()
    {
        _sender.Dispose();
        _receiver.Dispose();
    }
}
