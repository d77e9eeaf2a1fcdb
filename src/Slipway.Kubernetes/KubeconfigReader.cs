using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using k8s;
using k8s.Exceptions;
using Slipway.Core.Failures;
using Slipway.Core.Secrets;
using YamlDotNet.Core;

namespace Slipway.Kubernetes;

/// <summary>What a kubeconfig's current context says: where, whom to trust, and who we are.</summary>
internal sealed record KubeAccess(Uri Server, X509Certificate2Collection Trusted, X509Certificate2? Client, string? Token, string? ServerName);

/// <summary>Reads a kubeconfig as Talos makes it: everything inside, no commands to run, a CA of its own.</summary>
internal static class KubeconfigReader
{
    public static KubeAccess Read(Sensitive kubeconfig)
    {
        try
        {
            using var text = new MemoryStream(Encoding.UTF8.GetBytes(kubeconfig.Reveal()));
            var file = KubernetesClientConfiguration.LoadKubeConfig(text);
            // Reading would run the command; whoever wrote the file should not choose what runs here.
            if (file.Users?.Any(user => user.UserCredentials is { ExternalExecution: not null } or { AuthProvider: not null }) == true)
            {
                throw Unusable("it wants a command or a provider for credentials", "client-certificate-data or a token");
            }

            return Access(KubernetesClientConfiguration.BuildConfigFromConfigObject(file));
        }
        catch (Exception error) when (error is KubeConfigException or YamlException or FormatException or CryptographicException or UriFormatException or IOException or ArgumentException or NullReferenceException)
        {
            // The inner text can quote the file, which holds a private key: only the kind of the error is told.
            throw Unusable($"it cannot be read ({error.GetType().Name})", "a kubeconfig such as Talos hands out");
        }
    }

    private static KubeAccess Access(KubernetesClientConfiguration config)
    {
        if (!Uri.TryCreate(config.Host, UriKind.Absolute, out var server) || server.Scheme != Uri.UriSchemeHttps)
        {
            throw Unusable($"its server is '{config.Host}'", "an https URL");
        }

        if (config.SkipTlsVerify || config.SslCaCerts is not { Count: > 0 } trusted)
        {
            throw Unusable("it names no CA, so the server could be anybody", "certificate-authority-data");
        }

        return new KubeAccess(server, trusted, ClientCertificate(config), config.AccessToken, config.TlsServerName);
    }

    private static X509Certificate2? ClientCertificate(KubernetesClientConfiguration config)
    {
        if (config.ClientCertificateData is not { Length: > 0 } certificate || config.ClientCertificateKeyData is not { Length: > 0 } key)
        {
            return null;
        }

        return X509Certificate2.CreateFromPem(
            Encoding.UTF8.GetString(Convert.FromBase64String(certificate)), Encoding.UTF8.GetString(Convert.FromBase64String(key)));
    }

    private static SlipwayException Unusable(string found, string expected) =>
        new(FailureReason.BadInput, $"the kubeconfig cannot be used: {found}") { Expected = expected };
}
