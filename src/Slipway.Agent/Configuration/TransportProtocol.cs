namespace Slipway.Agent.Configuration;

internal enum TransportProtocol
{
    Udp,
    Tcp,
}
