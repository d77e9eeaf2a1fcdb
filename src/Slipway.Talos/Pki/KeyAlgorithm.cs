namespace Slipway.Talos.Pki;

/// <summary>The kinds of key that occur in a Talos cluster.</summary>
public enum KeyAlgorithm
{
    /// <summary>What talosctl makes for the Talos API. .NET cannot load such a private key: see <see cref="ClientIdentity.ToX509"/>.</summary>
    Ed25519,

    EcdsaP256,

    /// <summary>The Kubernetes service account key of clusters made for Talos 1.7 and later.</summary>
    Rsa4096,
}
