using System.Security.Cryptography.X509Certificates;

namespace Slipway.Talos.Tls;

/// <summary>Decides whether the peer at the other end is who it should be.</summary>
public interface IPeerTrust
{
    /// <summary>Null when the peer is trusted.</summary>
    /// <param name="chain">As the peer sent it, its own certificate first; never empty.</param>
    /// <param name="host">The host name or IP address that was dialled, empty where the peer is a client.</param>
    TlsFailedException? Judge(IReadOnlyList<X509Certificate2> chain, string host);
}
