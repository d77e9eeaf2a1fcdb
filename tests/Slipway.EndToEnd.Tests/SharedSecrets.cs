using System.Security.Cryptography;
using Slipway.Core.Secrets;
using Slipway.Core.Versions;
using Slipway.Talos.Pki;

namespace Slipway.EndToEnd.Tests;

/// <summary>
/// One cluster's secrets for all runs to which it does not matter whose they are: half of what a small run costs is its service
/// account's RSA key. Made once by this process, and gone with it.
/// </summary>
internal static class SharedSecrets
{
    private static readonly Lazy<string> s_file = new(Make);

    /// <summary>As <c>slipway secrets generate</c> leaves it.</summary>
    public static string File => s_file.Value;

    public static void CopyTo(string folder) => System.IO.File.Copy(File, Path.Combine(folder, "secrets.yaml"));

    private static string Make()
    {
        using var random = RandomNumberGenerator.Create();
        var folder = Directory.CreateTempSubdirectory("slipway-secrets-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        var path = Path.Combine(folder, "secrets.yaml");
        System.IO.File.WriteAllText(path, SecretsYaml.Write(ForAnyTalos(random)));
        System.IO.File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return path;
    }

    /// <summary>Talos 1.14 writes a cluster's id in another base64 than those before: one that is the same in both suits all.</summary>
    private static SecretsBundle ForAnyTalos(RandomNumberGenerator random)
    {
        while (true)
        {
            var quick = SecretsFactory.Create(new ReleaseVersion(1, 14, 0), DateTimeOffset.UtcNow, random, new SecretsOptions { ServiceAccountKey = KeyAlgorithm.EcdsaP256 });
            if (quick.ClusterId.IndexOfAny(['+', '/']) < 0)
            {
                using var serviceAccount = RSA.Create(4096);
                return quick with { KubernetesServiceAccountKey = new Sensitive(serviceAccount.ExportRSAPrivateKeyPem() + "\n") };
            }
        }
    }
}
