using System.Net;
using Slipway.Xdp;

namespace Slipway.Agent.Audit;

/// <summary>One dropped packet of many, as the program told of it.</summary>
internal sealed record DropSample
{
    public required string Interface { get; init; }

    public required Verdict Verdict { get; init; }

    public required PortRole Role { get; init; }

    public required PeerClass Class { get; init; }

    public required Reason Reason { get; init; }

    public required IPAddress Source { get; init; }

    public required IPAddress Destination { get; init; }

    public required int SourcePort { get; init; }

    public required int DestinationPort { get; init; }

    /// <summary>IP protocol number; 0 where there was none to be read.</summary>
    public required int Protocol { get; init; }

    /// <summary>Of the whole frame.</summary>
    public required long Length { get; init; }

    /// <summary>Its first bytes.</summary>
    public required ReadOnlyMemory<byte> Frame { get; init; }
}
