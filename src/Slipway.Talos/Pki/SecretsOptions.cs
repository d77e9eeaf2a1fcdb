namespace Slipway.Talos.Pki;

/// <summary>Where a new bundle may differ from the one that talosctl would make.</summary>
public sealed record SecretsOptions
{
    public static SecretsOptions Default { get; } = new();

    /// <summary>EcdsaP256 gives certificates that every TLS library can use; needs Talos 1.11 or later on workers.</summary>
    public KeyAlgorithm TalosCa { get; init; } = KeyAlgorithm.Ed25519;

    /// <summary>RSA takes about a second to make; EcdsaP256 is what clusters older than Talos 1.7 have, and still works.</summary>
    public KeyAlgorithm ServiceAccountKey { get; init; } = KeyAlgorithm.Rsa4096;
}
