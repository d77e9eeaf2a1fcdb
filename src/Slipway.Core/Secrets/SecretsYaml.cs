using System.Text;
using System.Text.RegularExpressions;
using Slipway.Core.Diagnostics;
using YamlDotNet.RepresentationModel;

namespace Slipway.Core.Secrets;

/// <summary>
/// The secrets file of a cluster in the format of <c>talosctl gen secrets</c>, which both programs read: keys all in lower
/// case, PEM as base64 (Talos pkg/machinery/config/generate/secrets/secrets.go).
/// </summary>
public static partial class SecretsYaml
{
    private static readonly string[] Known =
    [
        "cluster", "cluster.id", "cluster.secret",
        "secrets", "secrets.bootstraptoken", "secrets.secretboxencryptionsecret", "secrets.aescbcencryptionsecret",
        "trustdinfo", "trustdinfo.token",
        "certs",
        "certs.etcd", "certs.etcd.crt", "certs.etcd.key",
        "certs.k8s", "certs.k8s.crt", "certs.k8s.key",
        "certs.k8saggregator", "certs.k8saggregator.crt", "certs.k8saggregator.key",
        "certs.k8sserviceaccount", "certs.k8sserviceaccount.key",
        "certs.os", "certs.os.crt", "certs.os.key",
    ];

    /// <summary>The bundle, or null with every finding. No finding quotes a value.</summary>
    /// <param name="file">The name that findings carry.</param>
    public static (SecretsBundle? Bundle, IReadOnlyList<Diagnostic> Findings) Read(string file, string text)
    {
        var findings = new List<Diagnostic>();
        var reader = new SecretFieldReader(file, findings);
        var roots = SecretsYamlText.Load(file, text, findings);
        if (findings.Count > 0)
        {
            return (null, findings);
        }

        if (roots is not [YamlMappingNode root])
        {
            reader.Error(roots.Count > 1 ? roots[1] : null, "", roots.Count == 0 ? "the file is empty" : "this is not a secrets file", "one YAML document as talosctl gen secrets writes it");
            return (null, findings);
        }

        FindUnknown(reader, root, "");
        var bundle = reader.Read(Locate(root));
        return (findings.Count == 0 ? bundle : null, findings);
    }

    /// <summary>The text of the file, which is secret from its first to its last byte: mode 0600, never printed.</summary>
    public static string Write(SecretsBundle bundle)
    {
        var text = new StringBuilder();
        Section("cluster", ("id", bundle.ClusterId), ("secret", bundle.ClusterSecret.Reveal()));
        Section(
            "secrets",
            ("bootstraptoken", bundle.BootstrapToken.Reveal()),
            ("secretboxencryptionsecret", bundle.SecretboxEncryptionSecret?.Reveal()),
            ("aescbcencryptionsecret", bundle.AescbcEncryptionSecret?.Reveal()));
        Section("trustdinfo", ("token", bundle.TrustdToken.Reveal()));
        text.Append("certs:\n");
        Certificate("etcd", bundle.Etcd.Certificate, bundle.Etcd.Key);
        Certificate("k8s", bundle.Kubernetes.Certificate, bundle.Kubernetes.Key);
        Certificate("k8saggregator", bundle.KubernetesAggregator.Certificate, bundle.KubernetesAggregator.Key);
        Certificate("k8sserviceaccount", null, bundle.KubernetesServiceAccountKey);
        Certificate("os", bundle.Os.Certificate, bundle.Os.Key);
        return text.ToString();

        void Section(string name, params ReadOnlySpan<(string Key, string? Value)> values)
        {
            text.Append(name).Append(":\n");
            foreach (var (key, value) in values)
            {
                Line("    ", key, value);
            }
        }

        void Certificate(string name, string? certificate, Sensitive? key)
        {
            text.Append("    ").Append(name).Append(":\n");
            Line("        ", "crt", certificate is null ? null : Encode(certificate));
            Line("        ", "key", key is null ? null : Encode(key.Reveal()));
        }

        void Line(string indent, string key, string? value)
        {
            if (value is not null)
            {
                text.Append(indent).Append(key).Append(": ").Append(Quoted(value)).Append('\n');
            }
        }
    }

    /// <summary>Base64 as Talos has it wherever PEM stands in YAML.</summary>
    internal static string Encode(string pem) => Convert.ToBase64String(Encoding.UTF8.GetBytes(pem));

    /// <summary>A token of digits alone would come back as a number.</summary>
    private static string Quoted(string value) => value.Length > 0 && char.IsAsciiLetter(value[0]) ? value : $"\"{value}\"";

    private static SecretFields Locate(YamlMappingNode root)
    {
        return new SecretFields
        {
            ClusterId = At("cluster.id"),
            ClusterSecret = At("cluster.secret"),
            BootstrapToken = At("secrets.bootstraptoken"),
            Secretbox = At("secrets.secretboxencryptionsecret"),
            Aescbc = At("secrets.aescbcencryptionsecret"),
            TrustdToken = At("trustdinfo.token"),
            Etcd = (At("certs.etcd.crt"), At("certs.etcd.key")),
            Kubernetes = (At("certs.k8s.crt"), At("certs.k8s.key")),
            Aggregator = (At("certs.k8saggregator.crt"), At("certs.k8saggregator.key")),
            ServiceAccount = At("certs.k8sserviceaccount.key"),
            Os = (At("certs.os.crt"), At("certs.os.key")),
        };

        SecretField At(string path)
        {
            var (node, near) = SecretsYamlText.Find(root, path);
            return new SecretField(node, path, near);
        }
    }

    private static void FindUnknown(SecretFieldReader reader, YamlMappingNode mapping, string prefix)
    {
        foreach (var (key, value) in mapping.Children)
        {
            var name = (key as YamlScalarNode)?.Value ?? "";
            var path = prefix.Length == 0 ? name : $"{prefix}.{name}";
            if (!Known.Contains(path))
            {
                // A value that slipped into the place of a key is not repeated.
                var told = PlainWord().IsMatch(name) ? $"the key '{name}' is not known" : "there is a key that is not known";
                reader.Error(key, prefix, told, string.Join(", ", Known.Where(known => IsChild(known, prefix)).Select(known => known[(known.LastIndexOf('.') + 1)..])));
            }
            else if (value is YamlMappingNode child && Known.Any(known => IsChild(known, path)))
            {
                FindUnknown(reader, child, path);
            }
        }
    }

    private static bool IsChild(string known, string prefix) =>
        prefix.Length == 0 ? !known.Contains('.', StringComparison.Ordinal) : known.StartsWith(prefix + ".", StringComparison.Ordinal) && known.LastIndexOf('.') == prefix.Length;

    [GeneratedRegex("^[A-Za-z]{1,32}$", RegexOptions.CultureInvariant)]
    private static partial Regex PlainWord();
}
