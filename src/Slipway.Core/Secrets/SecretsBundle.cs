namespace Slipway.Core.Secrets;

/// <summary>A certificate and its private key as PEM text; the key is null where only the certificate is known.</summary>
public sealed record PemPair(string Certificate, Sensitive? Key);

/// <summary>
/// Everything secret about one cluster, as <c>talosctl gen secrets</c> keeps it in secrets.yaml
/// (Talos: pkg/machinery/config/generate/secrets). All later nodes must come from the same bundle.
/// </summary>
public sealed record SecretsBundle
{
    /// <summary>Base64 of 32 random bytes; URL-safe alphabet up to Talos 1.13, standard from 1.14; both are read.</summary>
    public required string ClusterId { get; init; }

    /// <summary>Base64 of 32 random bytes.</summary>
    public required Sensitive ClusterSecret { get; init; }

    /// <summary><c>[a-z0-9]{6}.[a-z0-9]{16}</c></summary>
    public required Sensitive BootstrapToken { get; init; }

    /// <summary>Base64 of 32 random bytes, or null in bundles that have the older AESCBC secret.</summary>
    public Sensitive? SecretboxEncryptionSecret { get; init; }

    /// <summary>Only in very old bundles.</summary>
    public Sensitive? AescbcEncryptionSecret { get; init; }

    /// <summary><c>[a-z0-9]{6}.[a-z0-9]{16}</c>; machine.token in every config.</summary>
    public required Sensitive TrustdToken { get; init; }

    /// <summary>ECDSA P-256, O=etcd.</summary>
    public required PemPair Etcd { get; init; }

    /// <summary>ECDSA P-256, O=kubernetes.</summary>
    public required PemPair Kubernetes { get; init; }

    /// <summary>ECDSA P-256, empty subject.</summary>
    public required PemPair KubernetesAggregator { get; init; }

    /// <summary>PEM of a bare key: RSA-4096 PKCS#1, or ECDSA in bundles from before Talos 1.7.</summary>
    public required Sensitive KubernetesServiceAccountKey { get; init; }

    /// <summary>The Talos API CA: Ed25519 (O=talos) as talosctl makes it, or ECDSA P-256.</summary>
    public required PemPair Os { get; init; }

    /// <summary>Everything in the bundle that must never be shown.</summary>
    public IReadOnlyList<Sensitive> Secrets =>
    [
        .. new[]
        {
            ClusterSecret, BootstrapToken, SecretboxEncryptionSecret, AescbcEncryptionSecret, TrustdToken,
            Etcd.Key, Kubernetes.Key, KubernetesAggregator.Key, KubernetesServiceAccountKey, Os.Key,
        }.OfType<Sensitive>(),
    ];
}
