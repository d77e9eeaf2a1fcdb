namespace Slipway.Talos.Tls;

/// <summary>Why a TLS connection did not come to be, or ended.</summary>
public enum TlsFailure
{
    /// <summary>The peer's certificate does not lead to a CA that we trust.</summary>
    NotOurCa,

    /// <summary>The chain is right but not valid now: a clock is wrong, or the certificate ran out.</summary>
    OutsideValidity,

    /// <summary>The chain is right but made for other names and addresses.</summary>
    WrongName,

    /// <summary>The peer's key is not the one whose fingerprint was given.</summary>
    WrongFingerprint,

    /// <summary>The peer's certificate may not be used for this: key usage, roles.</summary>
    WrongUsage,

    /// <summary>The peer wants a client certificate and we came without one.</summary>
    CertificateDemanded,

    /// <summary>The peer does not accept the certificate that we showed.</summary>
    RefusedByPeer,

    /// <summary>The connection ended in the middle of the handshake.</summary>
    Cut,

    /// <summary>Anything else: no common version or cipher, broken records.</summary>
    Protocol,
}
