namespace Slipway.Talos.Tls;

/// <summary>What a <see cref="BcTlsStream"/> needs to be a server, for one connection: a node that leaves maintenance mode shows another certificate on the next.</summary>
public sealed record BcTlsServerOptions
{
    public required TlsIdentity Identity { get; init; }

    /// <summary>Not null demands a certificate of the client and judges it; null asks for none, as maintenance mode does.</summary>
    public IPeerTrust? ClientTrust { get; init; }
}
