using System.Security.Cryptography;
using Slipway.Core.Secrets;
using Slipway.Core.Versions;
using Slipway.Talos.Pki;

namespace Slipway.Tests.Pki;

/// <summary>One bundle for all tests that only need some: it is the RSA key that takes time, so this one has none.</summary>
internal static class TestSecrets
{
    private static readonly Lazy<SecretsBundle> Cached = new(() => Create(new ReleaseVersion(1, 13, 0)));

    public static SecretsBundle Bundle => Cached.Value;

    /// <summary>TLS looks at the machine's own clock, so certificates must hold now.</summary>
    public static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public static SecretsBundle Create(ReleaseVersion talos, KeyAlgorithm talosCa = KeyAlgorithm.Ed25519)
    {
        using var random = RandomNumberGenerator.Create();
        return SecretsFactory.Create(talos, Now.AddDays(-1), random, new SecretsOptions { TalosCa = talosCa, ServiceAccountKey = KeyAlgorithm.EcdsaP256 });
    }
}
