namespace Slipway.Talos.Tls;

/// <summary>What a <see cref="BcTlsStream"/> needs to be a client.</summary>
public sealed record BcTlsClientOptions
{
    /// <summary>Host name or IP address that was dialled.</summary>
    public required string Host { get; init; }

    public required IPeerTrust Trust { get; init; }

    /// <summary>Shown when the server asks; null ends the handshake there with <see cref="TlsFailure.CertificateDemanded"/>.</summary>
    public TlsIdentity? Identity { get; init; }
}
