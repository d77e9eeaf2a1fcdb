using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Slipway.Core.Diagnostics;
using Slipway.Core.Yaml;
using YamlDotNet.RepresentationModel;

namespace Slipway.Core.Secrets;

/// <summary>
/// Turns fields into the parts of a bundle and collects what is wrong. A finding says where and what was expected, and
/// never what was found: a mistyped secret is still a secret.
/// </summary>
internal sealed partial class SecretFieldReader(string file, ICollection<Diagnostic> findings)
{
    /// <summary>Null, with findings, unless every part is there and sound.</summary>
    public SecretsBundle? Read(SecretFields fields)
    {
        var before = findings.Count;
        var clusterId = Bytes32(fields.ClusterId);
        var clusterSecret = Bytes32(fields.ClusterSecret);
        var bootstrapToken = Token(fields.BootstrapToken);
        // Either will do: the second is the form of clusters from before Talos 1.2.
        var (secretbox, aescbc) = (fields.Secretbox.Node, fields.Aescbc.Node) is (null, not null)
            ? (null, Bytes32(fields.Aescbc))
            : (Bytes32(fields.Secretbox), fields.Aescbc.Node is null ? null : Bytes32(fields.Aescbc));
        var trustdToken = Token(fields.TrustdToken);
        var etcd = Pair(fields.Etcd);
        var kubernetes = Pair(fields.Kubernetes);
        var aggregator = Pair(fields.Aggregator);
        var serviceAccount = Pem(fields.ServiceAccount, "PRIVATE KEY");
        var os = Pair(fields.Os);
        return findings.Count > before
            ? null
            : new SecretsBundle
            {
                ClusterId = clusterId!,
                ClusterSecret = new Sensitive(clusterSecret!),
                BootstrapToken = new Sensitive(bootstrapToken!),
                SecretboxEncryptionSecret = secretbox is null ? null : new Sensitive(secretbox),
                AescbcEncryptionSecret = aescbc is null ? null : new Sensitive(aescbc),
                TrustdToken = new Sensitive(trustdToken!),
                Etcd = etcd!,
                Kubernetes = kubernetes!,
                KubernetesAggregator = aggregator!,
                KubernetesServiceAccountKey = new Sensitive(serviceAccount!),
                Os = os!,
            };
    }

    public void Error(YamlNode? at, string path, string message, string? expected = null, string? hint = null) => findings.Add(new Diagnostic
    {
        Severity = Severity.Error,
        File = file,
        Line = (int)(at?.Start.Line ?? 0),
        Column = (int)(at?.Start.Column ?? 0),
        Path = path,
        Message = message,
        Expected = expected,
        Hint = hint,
    });

    private PemPair? Pair((SecretField Certificate, SecretField Key) fields)
    {
        var (certificate, key) = (Pem(fields.Certificate, "CERTIFICATE"), Pem(fields.Key, "PRIVATE KEY"));
        return certificate is null || key is null ? null : new PemPair(certificate, new Sensitive(key));
    }

    private string? Pem(SecretField field, string label)
    {
        var expected = $"{(field.IsEncoded ? "base64 of a" : "a")} PEM block '{label}'";
        if (Text(field, expected) is not { } text)
        {
            return null;
        }

        if (field.IsEncoded)
        {
            if (Decode(text) is not { } bytes)
            {
                Error(field.Node, field.Path, "the value is not base64", expected);
                return null;
            }

            text = Encoding.UTF8.GetString(bytes);
        }

        if (PemEncoding.TryFind(text, out var found) && text.AsSpan()[found.Label].EndsWith(label, StringComparison.Ordinal))
        {
            return text;
        }

        Error(field.Node, field.Path, "the value does not hold what it should", expected, "is this a sample, or was the file cut short?");
        return null;
    }

    private string? Token(SecretField field)
    {
        const string expected = "six and sixteen letters or digits with a dot between them";
        if (Text(field, expected) is not { } text)
        {
            return null;
        }

        if (TokenPattern().IsMatch(text))
        {
            return text;
        }

        Error(field.Node, field.Path, "the value is not a token", expected);
        return null;
    }

    private string? Bytes32(SecretField field)
    {
        const string expected = "base64 of 32 bytes";
        if (Text(field, expected) is not { } text)
        {
            return null;
        }

        // The cluster id is URL-safe up to Talos 1.13 and standard afterwards.
        if (Decode(text.Replace('-', '+').Replace('_', '/'))?.Length == 32)
        {
            return text;
        }

        Error(field.Node, field.Path, "the value has not the right form", expected);
        return null;
    }

    private string? Text(SecretField field, string expected)
    {
        if (field.Node is YamlScalarNode { Value.Length: > 0 } scalar && !YamlText.IsEmpty(scalar))
        {
            return scalar.Value;
        }

        Error(field.Node ?? field.Near, field.Path, field.Node is null or YamlScalarNode ? "the value is missing" : "a single value was expected here", expected);
        return null;
    }

    private static byte[]? Decode(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var written) ? bytes[..written] : null;
    }

    [GeneratedRegex("^[a-z0-9]{6}\\.[a-z0-9]{16}$", RegexOptions.CultureInvariant)]
    private static partial Regex TokenPattern();
}
