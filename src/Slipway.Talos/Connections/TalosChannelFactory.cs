namespace Slipway.Talos.Connections;

/// <summary>Makes connections that share their settings.</summary>
public sealed class TalosChannelFactory
{
    /// <summary>For TCP and TLS together.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>By full gRPC name.</summary>
    public Func<string, TimeSpan> Deadlines { get; init; } = RpcDeadlines.Of;

    /// <summary>Nothing is dialled before the first call. The caller disposes it.</summary>
    public TalosConnection Connect(TalosTarget target, TalosCredentials credentials) => new(target, credentials, ConnectTimeout, Deadlines);
}
