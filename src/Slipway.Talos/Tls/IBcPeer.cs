using System.Security.Cryptography.X509Certificates;

namespace Slipway.Talos.Tls;

/// <summary>What a finished handshake told of the other side.</summary>
internal interface IBcPeer
{
    /// <summary>Leaf first; empty when the peer showed none.</summary>
    IReadOnlyList<X509Certificate2> PeerChain { get; }

    /// <summary>What ALPN agreed on, or null.</summary>
    string? Protocol { get; }
}
