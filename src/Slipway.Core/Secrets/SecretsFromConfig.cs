using Slipway.Core.Diagnostics;
using YamlDotNet.RepresentationModel;

namespace Slipway.Core.Secrets;

/// <summary>
/// Rebuilds a bundle from the config of a control plane, which holds every CA key, as
/// <c>talosctl gen secrets --from-controlplane-config</c> does (Talos generate/secrets/bundle.go, NewBundleFromConfig). Knows
/// the single v1alpha1 document and the documents that Talos 1.14 spread it over.
/// </summary>
public static class SecretsFromConfig
{
    /// <summary>The bundle, or null with every finding. No finding quotes a value.</summary>
    /// <param name="file">The name that findings carry.</param>
    public static (SecretsBundle? Bundle, IReadOnlyList<Diagnostic> Findings) Read(string file, string config)
    {
        var findings = new List<Diagnostic>();
        var reader = new SecretFieldReader(file, findings);
        var roots = SecretsYamlText.Load(file, config, findings).OfType<YamlMappingNode>().ToList();
        if (findings.Count > 0)
        {
            return (null, findings);
        }

        if (roots.Find(root => Scalar(root, "version") == "v1alpha1") is not { } main)
        {
            reader.Error(null, "", "there is no document with 'version: v1alpha1'", "a Talos machine config");
            return (null, findings);
        }

        if (Scalar(main, "machine.type") is not ("controlplane" or "init"))
        {
            var (type, near) = SecretsYamlText.Find(main, "machine.type");
            reader.Error(type ?? near, "machine.type", "this is not the config of a control plane", "controlplane", "a worker's config does not hold the CA keys");
            return (null, findings);
        }

        var bundle = reader.Read(Locate(main, roots));
        return (bundle, findings);
    }

    private static SecretFields Locate(YamlMappingNode main, List<YamlMappingNode> roots)
    {
        return new SecretFields
        {
            ClusterId = Either("cluster.id", "DiscoveryIdentityConfig", "clusterID"),
            ClusterSecret = Either("cluster.secret", "DiscoveryIdentityConfig", "clusterSecret"),
            BootstrapToken = Either("cluster.token"),
            Secretbox = EncryptionKey("cluster.secretboxEncryptionSecret", "secretbox"),
            Aescbc = EncryptionKey("cluster.aescbcEncryptionSecret", "aescbc"),
            TrustdToken = Either("machine.token"),
            Etcd = (Either("cluster.etcd.ca.crt"), Either("cluster.etcd.ca.key")),
            Kubernetes = (Either("cluster.ca.crt", "KubeAPIServerCAConfig", "issuingCA.cert"), Either("cluster.ca.key", "KubeAPIServerCAConfig", "issuingCA.key")),
            Aggregator = (Either("cluster.aggregatorCA.crt", "KubeAggregatorCAConfig", "issuingCA.cert"), Either("cluster.aggregatorCA.key", "KubeAggregatorCAConfig", "issuingCA.key")),
            ServiceAccount = Either("cluster.serviceAccount.key", "KubeServiceAccountConfig", "issuer.privateKey"),
            Os = (Either("machine.ca.crt"), Either("machine.ca.key")),
        };

        SecretField Either(string path, string? kind = null, string documentPath = "")
        {
            var (node, near) = SecretsYamlText.Find(main, path);
            if (node is null && kind is not null && roots.Find(root => Scalar(root, "kind") == kind) is { } document)
            {
                var (inDocument, nearInDocument) = SecretsYamlText.Find(document, documentPath);
                return new SecretField(inDocument, $"{kind}.{documentPath}", nearInDocument, IsEncoded: false);
            }

            return new SecretField(node, path, near);
        }

        SecretField EncryptionKey(string path, string provider)
        {
            var (node, near) = SecretsYamlText.Find(main, path);
            if (node is not null || roots.Find(root => Scalar(root, "kind") == "KubeEtcdEncryptionConfig") is not { } document)
            {
                return new SecretField(node, path, near);
            }

            // The first key is the one that new values are written with (Kubernetes EncryptionConfiguration).
            var key = Items(SecretsYamlText.Find(document, "config.resources").Node)
                .SelectMany(resource => Items(SecretsYamlText.Find(resource, "providers").Node))
                .SelectMany(item => Items(SecretsYamlText.Find(item, $"{provider}.keys").Node))
                .FirstOrDefault();
            return new SecretField(key is null ? null : SecretsYamlText.Find(key, "secret").Node, $"KubeEtcdEncryptionConfig.config.resources.providers.{provider}.keys.secret", document);
        }
    }

    private static IEnumerable<YamlNode> Items(YamlNode? node) => node is YamlSequenceNode sequence ? sequence.Children : [];

    private static string? Scalar(YamlMappingNode root, string path) => (SecretsYamlText.Find(root, path).Node as YamlScalarNode)?.Value;
}
