namespace Slipway.Agent.Configuration;

/// <summary>Both ends included.</summary>
internal sealed record PortRange(TransportProtocol Protocol, ushort First, ushort Last)
{
    public bool Overlaps(PortRange other) => Protocol == other.Protocol && First <= other.Last && other.First <= Last;

    public override string ToString() => First == Last
        ? $"{First}/{Protocol.ToString().ToLowerInvariant()}"
        : $"{First}-{Last}/{Protocol.ToString().ToLowerInvariant()}";
}
