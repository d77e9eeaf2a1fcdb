using Slipway.Talos.Tls;

namespace Slipway.Talos.Connections;

/// <summary>Whom we trust and who we are on a connection.</summary>
public sealed record TalosCredentials
{
    private TalosCredentials(IPeerTrust trust, TlsIdentity? identity)
    {
        (Trust, Identity) = (trust, identity);
    }

    public IPeerTrust Trust { get; }

    public TlsIdentity? Identity { get; }

    /// <summary>True speaks to nodes without a configuration, which ask for no certificate.</summary>
    public bool IsMaintenance => Identity is null;

    /// <summary>Mutual TLS with a configured node.</summary>
    /// <param name="caPem">The Talos API CA.</param>
    public static TalosCredentials Cluster(string caPem, TlsIdentity identity, TimeProvider time) => new(new ClusterCaTrust(caPem, time), identity);

    /// <param name="fingerprint">As the node's console shows it, or null to believe the first answer.</param>
    public static TalosCredentials Maintenance(string? fingerprint) => new(new MaintenanceTrust(fingerprint), identity: null);
}
