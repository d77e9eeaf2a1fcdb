using System.Security.Cryptography;
using System.Text;
using Slipway.Core.Secrets;
using Slipway.Core.Versions;
using Slipway.Talos.Pki;

namespace Slipway.Tests.Rehearsal.Nodes;

/// <summary>Small but complete machine configs for rehearsed nodes, written by hand so that they judge the nodes and not our generator.</summary>
internal static class ConfigText
{
    private static readonly Lazy<SecretsBundle> Shared = new(() => NewSecrets());

    /// <summary>One bundle for all tests that need no more: making keys is slow.</summary>
    public static SecretsBundle Secrets => Shared.Value;

    public static SecretsBundle NewSecrets()
    {
        using var random = RandomNumberGenerator.Create();
        return SecretsFactory.Create(new ReleaseVersion(1, 12, 0), TimeProvider.System.GetUtcNow().AddHours(-2), random, new SecretsOptions { ServiceAccountKey = KeyAlgorithm.EcdsaP256 });
    }

    public static string ControlPlane(string name, string endpoint = "https://10.0.0.1:6443", SecretsBundle? secrets = null, string machine = "", string documents = "") =>
        Text("controlplane", name, endpoint, secrets ?? Secrets, machine, documents);

    public static string Worker(string name, string endpoint = "https://10.0.0.1:6443", SecretsBundle? secrets = null, string machine = "", string documents = "") =>
        Text("worker", name, endpoint, secrets ?? Secrets, machine, documents);

    private static string Text(string type, string name, string endpoint, SecretsBundle secrets, string machine, string documents)
    {
        var lead = type == "controlplane";
        var text = new StringBuilder($$"""
            version: v1alpha1
            machine:
              type: {{type}}
              token: {{secrets.TrustdToken.Reveal()}}
              ca:
                crt: {{Base64(secrets.Os.Certificate)}}
                key: {{(lead ? Base64(secrets.Os.Key!.Reveal()) : "\"\"")}}
              install: {disk: /dev/nvme0n1, image: "ghcr.io/siderolabs/installer:latest"}
              network: {hostname: {{name}}}
            {{machine}}
            cluster:
              clusterName: test
              controlPlane: {endpoint: "{{endpoint}}"}
              token: {{secrets.BootstrapToken.Reveal()}}
              ca:
                crt: {{Base64(secrets.Kubernetes.Certificate)}}
                key: {{(lead ? Base64(secrets.Kubernetes.Key!.Reveal()) : "\"\"")}}

            """);
        if (lead)
        {
            text.Append($$"""
              secretboxEncryptionSecret: {{secrets.SecretboxEncryptionSecret!.Reveal()}}
              etcd:
                ca:
                  crt: {{Base64(secrets.Etcd.Certificate)}}
                  key: {{Base64(secrets.Etcd.Key!.Reveal())}}

            """);
        }

        return text.Append(documents).ToString();
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
