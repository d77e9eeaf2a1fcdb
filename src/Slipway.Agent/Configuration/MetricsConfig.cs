using System.Net;

namespace Slipway.Agent.Configuration;

/// <summary>Where Prometheus reads. At most one of the two; neither is no endpoint.</summary>
internal sealed record MetricsConfig
{
    public IPEndPoint? Listen { get; init; } = new(IPAddress.Loopback, 9810);

    /// <summary>Path of a Unix socket.</summary>
    public string? Socket { get; init; }
}
