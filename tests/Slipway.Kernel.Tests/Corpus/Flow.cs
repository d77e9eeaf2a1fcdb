using System.Net;
using System.Net.Sockets;

namespace Slipway.Kernel.Tests.Corpus;

/// <summary>Who sends to whom.</summary>
internal sealed record Flow(IPAddress Source, ushort SourcePort, IPAddress Destination, ushort DestinationPort)
{
    public bool IsIpv6 => Destination.AddressFamily == AddressFamily.InterNetworkV6;

    public Flow To(ushort port) => this with { DestinationPort = port };
}
