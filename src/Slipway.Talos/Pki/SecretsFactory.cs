using System.Security.Cryptography;
using Slipway.Core.Secrets;
using Slipway.Core.Versions;

namespace Slipway.Talos.Pki;

/// <summary>
/// Makes the secrets of a new cluster as <c>talosctl gen secrets</c> does, with the same algorithms, lifetimes and
/// alphabets (Talos pkg/machinery/config/generate/secrets/bundle.go and ca.go).
/// </summary>
public static class SecretsFactory
{
    private const string TokenAlphabet = "abcdefghijklmnopqrstuvwxyz0123456789";

    /// <param name="talos">Decides the alphabet of the cluster id: URL-safe base64 before 1.14, standard from then on.</param>
    /// <param name="now">Start of every CA's ten years.</param>
    /// <param name="random">Source of ids, tokens and symmetric secrets; keys come from the system's own generator.</param>
    public static SecretsBundle Create(ReleaseVersion talos, DateTimeOffset now, RandomNumberGenerator random, SecretsOptions? options = null)
    {
        options ??= SecretsOptions.Default;
        using var serviceAccount = PrivateKey.Generate(options.ServiceAccountKey);
        return new SecretsBundle
        {
            ClusterId = ClusterId(talos, random),
            ClusterSecret = Secret(random),
            BootstrapToken = Token(random),
            SecretboxEncryptionSecret = Secret(random),
            TrustdToken = Token(random),
            Etcd = Authority("etcd", KeyAlgorithm.EcdsaP256, now),
            Kubernetes = Authority("kubernetes", KeyAlgorithm.EcdsaP256, now),
            KubernetesAggregator = Authority(null, KeyAlgorithm.EcdsaP256, now),
            KubernetesServiceAccountKey = serviceAccount.ToPem(),
            Os = Authority("talos", options.TalosCa, now),
        };
    }

    private static PemPair Authority(string? organization, KeyAlgorithm algorithm, DateTimeOffset now)
    {
        using var authority = CertificateAuthority.Create(organization, algorithm, now);
        return authority.Pair;
    }

    private static string ClusterId(ReleaseVersion talos, RandomNumberGenerator random)
    {
        var standard = Base64(random);
        return talos.IsAtLeast(1, 14) ? standard : standard.Replace('+', '-').Replace('/', '_');
    }

    private static Sensitive Secret(RandomNumberGenerator random) => new(Base64(random));

    private static string Base64(RandomNumberGenerator random)
    {
        var bytes = new byte[32];
        random.GetBytes(bytes);
        return Convert.ToBase64String(bytes);
    }

    private static Sensitive Token(RandomNumberGenerator random) => new($"{Characters(random, 6)}.{Characters(random, 16)}");

    private static string Characters(RandomNumberGenerator random, int count)
    {
        // Bytes from 252 on are thrown away: 256 is no multiple of 36, and the first letters would come up more often.
        Span<byte> one = stackalloc byte[1];
        Span<char> text = stackalloc char[count];
        for (var i = 0; i < count;)
        {
            random.GetBytes(one);
            if (one[0] < 252)
            {
                text[i++] = TokenAlphabet[one[0] % TokenAlphabet.Length];
            }
        }

        return new string(text);
    }
}
