using Slipway.Core.Secrets;
using Slipway.Talos.Connections;
using Slipway.Talos.Tls;

namespace Slipway.Talos.Adapters;

/// <summary>Our side of mutual TLS, shared by all nodes of a fleet; made anew when the provider gives another identity.</summary>
internal sealed class ClientCredentials(TimeProvider time, string caPem, Func<PemPair> identity)
{
    private readonly Lock _gate = new();
    private PemPair? _pair;
    private TalosCredentials? _credentials;

    /// <exception cref="Core.Failures.SlipwayException">The identity cannot be read.</exception>
    public TalosCredentials Current()
    {
        lock (_gate)
        {
            var pair = identity();
            if (_credentials is null || !ReferenceEquals(pair, _pair))
            {
                (_pair, _credentials) = (pair, TalosCredentials.Cluster(caPem, TlsIdentity.FromPem(pair, "the Talos client"), time));
            }

            return _credentials;
        }
    }
}
