using System.Net;
using System.Net.Sockets;

namespace Slipway.Rehearsal.Serving;

/// <summary>
/// Loopback addresses for one rehearsal: all of 127.0.0.0/8 is local on Linux, so every node has an address of its own and
/// Talos' true port. Claimed by a listening socket for each third octet, so that two rehearsals never meet.
/// </summary>
internal sealed class LoopbackBlock : IDisposable
{
    public const int TalosPort = 50000;

    /// <summary>The claim; above all nodes of the octet.</summary>
    private const int ClaimHost = 254;

    /// <summary>The Kubernetes endpoint of the rehearsal.</summary>
    private const int VirtualHost = 253;

    private const int NodesPerOctet = 250;

    private readonly List<Socket> _claims;
    private readonly int _second;
    private readonly int _third;

    private LoopbackBlock(int second, int third, List<Socket> claims)
    {
        (_second, _third, _claims) = (second, third, claims);
    }

    public IPAddress VirtualAddress => At(_third, VirtualHost);

    public IPAddress Node(int index) => At(_third + (index / NodesPerOctet), 1 + (index % NodesPerOctet));

    /// <param name="wanted">Such as <c>127.71.5.0</c>; null takes the first that is free from a random place on.</param>
    /// <exception cref="IOException">The wanted block, or every block, is in use.</exception>
    /// <exception cref="ArgumentException">The wanted address is not of the form 127.x.y.0.</exception>
    public static LoopbackBlock Claim(int nodes, IPAddress? wanted)
    {
        var octets = Math.Max(1, (nodes + NodesPerOctet - 1) / NodesPerOctet);
        if (wanted is not null)
        {
            var bytes = wanted.GetAddressBytes();
            return bytes is [127, > 0, _, 0] && bytes[2] + octets <= 256
                ? TryClaim(bytes[1], bytes[2], octets) ?? throw new IOException($"the address block {wanted} is in use by another rehearsal")
                : throw new ArgumentException($"'{wanted}' is not a loopback block: expected 127.x.y.0 with x from 1 on and room for {octets} times 250 nodes", nameof(wanted));
        }

        var start = Random.Shared.Next(256);
        for (var i = 0; i < 256; i++)
        {
            var third = (start + i) % 256;
            if (third + octets <= 256 && TryClaim(71, third, octets) is { } block)
            {
                return block;
            }
        }

        throw new IOException("no free block of loopback addresses in 127.71.0.0/16: are other rehearsals running?");
    }

    public void Dispose() => _claims.ForEach(claim => claim.Dispose());

    private static LoopbackBlock? TryClaim(int second, int third, int octets)
    {
        var claims = new List<Socket>();
        try
        {
            for (var i = 0; i < octets; i++)
            {
                var claim = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                claims.Add(claim);
                claim.Bind(new IPEndPoint(new IPAddress([127, (byte)second, (byte)(third + i), ClaimHost]), TalosPort));
                claim.Listen();
            }

            return new LoopbackBlock(second, third, claims);
        }
        catch (SocketException)
        {
            claims.ForEach(claim => claim.Dispose());
            return null;
        }
    }

    private IPAddress At(int third, int host) => new([127, (byte)_second, (byte)third, (byte)host]);
}
