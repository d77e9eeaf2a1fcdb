using System.Globalization;
using Slipway.Core.Secrets;
using YamlDotNet.RepresentationModel;

namespace Slipway.Core.MachineConfig.Generation;

/// <summary>Parts that look the same in every dialect.</summary>
internal static class GeneratedParts
{
    /// <summary>Always with the port: Talos does not add one.</summary>
    public static string Endpoint(Uri endpoint) => string.Create(CultureInfo.InvariantCulture, $"{endpoint.Scheme}://{endpoint.Host}:{endpoint.Port}");

    /// <summary>Base64 of PEM. Workers get the certificate and an empty key.</summary>
    public static YamlMappingNode Certificate(PemPair pair, bool withKey) => Tree.Map(
        ("crt", Tree.Text(SecretsYaml.Encode(pair.Certificate))),
        ("key", Tree.Text(withKey ? SecretsYaml.Encode(pair.Key?.Reveal() ?? "") : "")));

    /// <summary>PEM as it is, which the documents of 1.14 take.</summary>
    public static YamlMappingNode PlainCertificate(PemPair pair) => Tree.Map(("cert", Tree.Block(pair.Certificate)), ("key", Tree.Block(pair.Key?.Reveal() ?? "")));

    /// <summary>Everything is held to "baseline" except kube-system, and told about "restricted".</summary>
    public static YamlMappingNode PodSecurity() => Tree.Map(
        ("apiVersion", "pod-security.admission.config.k8s.io/v1alpha1"),
        ("defaults", Tree.Map(
            ("audit", "restricted"),
            ("audit-version", "latest"),
            ("enforce", "baseline"),
            ("enforce-version", "latest"),
            ("warn", "restricted"),
            ("warn-version", "latest"))),
        ("exemptions", Tree.Map(("namespaces", Tree.Texts(["kube-system"])), ("runtimeClasses", Tree.Texts([])), ("usernames", Tree.Texts([])))),
        ("kind", "PodSecurityConfiguration"));

    public static YamlMappingNode AuditPolicy() => Tree.Map(
        ("apiVersion", "audit.k8s.io/v1"),
        ("kind", "Policy"),
        ("rules", Tree.List([Tree.Map(("level", "Metadata"))])));
}
