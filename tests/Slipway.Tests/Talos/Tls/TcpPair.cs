using System.Net;
using System.Net.Sockets;

namespace Slipway.Tests.Talos.Tls;

/// <summary>Two ends of one TCP connection on loopback.</summary>
internal sealed class TcpPair : IDisposable
{
    private TcpPair(NetworkStream client, NetworkStream server)
    {
        (Client, Server) = (client, server);
    }

    public NetworkStream Client { get; }

    public NetworkStream Server { get; }

    public static async Task<TcpPair> ConnectAsync()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var client = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        var connecting = client.ConnectAsync(listener.LocalEndpoint);
        var server = await listener.AcceptSocketAsync();
        await connecting;
        server.NoDelay = true;
        return new TcpPair(new NetworkStream(client, ownsSocket: true), new NetworkStream(server, ownsSocket: true));
    }

    public void Dispose()
    {
        Client.Dispose();
        Server.Dispose();
    }
}
