using System.Security.Cryptography.X509Certificates;
using Slipway.Core.Failures;
using Slipway.Core.Secrets;

namespace Slipway.Talos.Pki;

/// <summary>A client certificate and its key, for the Talos API (roles) or for Kubernetes (groups).</summary>
public sealed record ClientIdentity
{
    public required PemPair Pair { get; init; }

    public required KeyAlgorithm Algorithm { get; init; }

    /// <summary>Organizations of the subject: Talos roles such as <c>os:admin</c>.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    public required DateTimeOffset NotBefore { get; init; }

    public required DateTimeOffset NotAfter { get; init; }

    /// <summary>The lifetime that it was asked for, more or less: without the slack that is given to clocks.</summary>
    public TimeSpan Lifetime => NotAfter - NotBefore is var life && life > ClientIdentityMint.ClockSlack * 2 ? life - ClientIdentityMint.ClockSlack : life;

    /// <summary>
    /// ECDSA P-256, signed by whatever kind of CA. This is what .NET's own TLS can use, while apid looks only at the CA's
    /// signature, the roles and the extended key usage (Talos internal/app/apid/service.go).
    /// </summary>
    /// <param name="ca">The Talos API CA with its key.</param>
    /// <param name="roles">Such as <c>os:admin</c>.</param>
    /// <exception cref="SlipwayException">The CA cannot be read.</exception>
    public static ClientIdentity Mint(PemPair ca, IReadOnlyList<string> roles, TimeSpan lifetime, DateTimeOffset now) =>
        ClientIdentityMint.Issue(ca, "the Talos CA", roles, null, KeyAlgorithm.EcdsaP256, lifetime, now);

    /// <summary>As talosctl makes it (for an Ed25519 CA): .NET's TLS cannot use it, talosctl and BouncyCastle can.</summary>
    /// <inheritdoc cref="Mint"/>
    public static ClientIdentity MintEd25519(PemPair ca, IReadOnlyList<string> roles, TimeSpan lifetime, DateTimeOffset now) =>
        ClientIdentityMint.Issue(ca, "the Talos CA", roles, null, KeyAlgorithm.Ed25519, lifetime, now);

    /// <summary>With a key of its CA's kind, as Talos itself makes them (siderolabs/crypto x509/keypair.go): what a talosconfig holds.</summary>
    /// <inheritdoc cref="Mint"/>
    public static ClientIdentity MintForTalosconfig(PemPair ca, IReadOnlyList<string> roles, TimeSpan lifetime, DateTimeOffset now)
    {
        using var certificate = CertificatePem.Read(ca.Certificate, "the Talos CA");
        return certificate.GetKeyAlgorithm() == Ed25519Key.ObjectIdentifier ? MintEd25519(ca, roles, lifetime, now) : Mint(ca, roles, lifetime, now);
    }

    /// <summary>CN=admin, O=system:masters: what is inside an administrator's kubeconfig.</summary>
    /// <param name="ca">The Kubernetes CA with its key.</param>
    /// <exception cref="SlipwayException">The CA cannot be read.</exception>
    public static ClientIdentity MintKubernetesAdmin(PemPair ca, TimeSpan lifetime, DateTimeOffset now) =>
        ClientIdentityMint.Issue(ca, "the Kubernetes CA", ["system:masters"], "admin", KeyAlgorithm.EcdsaP256, lifetime, now);

    /// <summary>From a talosconfig that somebody else made; the key may be of any kind.</summary>
    /// <exception cref="SlipwayException">Certificate or key cannot be read.</exception>
    public static ClientIdentity Load(PemPair pair, string what) => ClientIdentityMint.Load(pair, what);

    /// <summary>With its private key, for SslStream. The caller disposes it.</summary>
    /// <exception cref="SlipwayException">The key is Ed25519, which .NET cannot load.</exception>
    public X509Certificate2 ToX509() => Algorithm == KeyAlgorithm.Ed25519
        ? throw new SlipwayException(FailureReason.NotSupported, "an Ed25519 client key cannot be used by .NET's own TLS")
        {
            Hint = "use the BouncyCastle transport, or mint an ECDSA identity from the CA key",
        }
        : X509Certificate2.CreateFromPem(Pair.Certificate, Pair.Key!.Reveal());
}
