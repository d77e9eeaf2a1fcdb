using Slipway.Agent.Configuration;
using Slipway.Xdp;

namespace Slipway.Agent.Stake;

internal sealed record LearntPort(TransportProtocol Protocol, ushort Port, PortRole Role);
