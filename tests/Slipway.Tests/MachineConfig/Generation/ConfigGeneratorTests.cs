using System.Text;
using Slipway.Core.Diagnostics;
using Slipway.Core.MachineConfig.Generation;
using Slipway.Core.Secrets;
using Slipway.Core.Spec;
using Slipway.Core.Versions;
using Slipway.Core.Yaml;
using Slipway.Tests.Pki;
using YamlDotNet.RepresentationModel;

namespace Slipway.Tests.MachineConfig.Generation;

public sealed class ConfigGeneratorTests
{
    public static TheoryData<string, NodeRole> Samples()
    {
        var data = new TheoryData<string, NodeRole>();
        foreach (var line in new[] { "1.10", "1.11", "1.12", "1.13", "1.14" })
        {
            data.Add(line, NodeRole.ControlPlane);
            data.Add(line, NodeRole.Worker);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void It_says_what_Talos_own_generator_says(string line, NodeRole role)
    {
        var name = role == NodeRole.ControlPlane ? "controlplane" : "worker";
        var expected = Flatten(TalosVectors.Read("stability", $"v{line}", $"base-{name}.yaml"));
        var found = Flatten(ConfigGenerator.Generate(Request($"{line}.0", role, PlaceholderBundle())));
        Assert.Equal(expected, found);
    }

    [Theory]
    [InlineData("1.12.0")]
    [InlineData("1.14.0-rc.1")]
    public void A_bundle_comes_back_out_of_a_control_planes_config(string talos)
    {
        var config = ConfigGenerator.Generate(Request(talos, NodeRole.ControlPlane, TestSecrets.Bundle));
        var (bundle, findings) = SecretsFromConfig.Read("controlplane.yaml", config);
        Assert.Empty(findings);
        Assert.Equal(TestSecrets.Bundle, bundle);
    }

    [Fact]
    public void A_workers_config_holds_no_CA_key_and_no_bundle_can_be_had_from_it()
    {
        foreach (var talos in new[] { "1.11.0", "1.13.0", "1.14.0" })
        {
            var config = ConfigGenerator.Generate(Request(talos, NodeRole.Worker, TestSecrets.Bundle));
            Assert.DoesNotContain("PRIVATE KEY", config, StringComparison.Ordinal);
            foreach (var secret in new[] { TestSecrets.Bundle.Os.Key!, TestSecrets.Bundle.Kubernetes.Key!, TestSecrets.Bundle.Etcd.Key!, TestSecrets.Bundle.KubernetesServiceAccountKey })
            {
                Assert.DoesNotContain(Convert.ToBase64String(Encoding.UTF8.GetBytes(secret.Reveal())), config, StringComparison.Ordinal);
            }

            Assert.DoesNotContain(TestSecrets.Bundle.SecretboxEncryptionSecret!.Reveal(), config, StringComparison.Ordinal);
            Assert.Contains("control plane", Assert.Single(SecretsFromConfig.Read("worker.yaml", config).Findings).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Values_that_look_like_something_else_stay_text()
    {
        var request = Request("1.14.0", NodeRole.Worker, TestSecrets.Bundle with { TrustdToken = new Sensitive("123456.0123456789012345") });
        Assert.Contains("token: \"123456.0123456789012345\"", ConfigGenerator.Generate(request with { ClusterName = "on" }), StringComparison.Ordinal);
        Assert.Contains("clusterName: \"on\"", ConfigGenerator.Generate(request with { ClusterName = "on" }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_Talos_that_is_too_old_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ConfigGenerator.Generate(Request("1.9.5", NodeRole.Worker, TestSecrets.Bundle)));

    private static GenerateRequest Request(string talos, NodeRole role, SecretsBundle secrets) => new()
    {
        Talos = ReleaseVersion.Parse(talos),
        Role = role,
        ClusterName = "base",
        Endpoint = new Uri("https://base:6443"),
        Kubernetes = new ReleaseVersion(1, 28, 0),
        Network = new NetworkSpec { PodCidrs = ["10.244.0.0/16"], ServiceCidrs = ["10.96.0.0/12"] },
        Secrets = secrets,
    };

    /// <summary>What the samples were generated from; the certificates in them were blanked out afterwards.</summary>
    private static SecretsBundle PlaceholderBundle()
    {
        var pair = new PemPair("PLACEHOLDER", new Sensitive("PLACEHOLDER"));
        return new SecretsBundle
        {
            ClusterId = "0raF93qnkMvF-FZNuvyGozXNdLiT2FOWSlyBaW4PR-w=",
            ClusterSecret = new Sensitive("pofHbABZq7VXuObsdLdy/bHmz6hlMHZ3p8+6WKrv1ic="),
            BootstrapToken = new Sensitive("inn7ol.u4ehnti8qyls9ymo"),
            SecretboxEncryptionSecret = new Sensitive("45yd2Ke+sytiICojDf8aibTfgt99nzJmO53cjDqrCto="),
            TrustdToken = new Sensitive("d8cwfa.eyvpi0xwxyarbfid"),
            Etcd = pair,
            Kubernetes = pair,
            KubernetesAggregator = pair,
            KubernetesServiceAccountKey = new Sensitive("PLACEHOLDER"),
            Os = pair,
        };
    }

    /// <summary>
    /// One line a value. Left out, as they say nothing to Talos: empty maps and lists (1.12 prints machine.network so). The
    /// samples write PEM in documents as PLACEHOLDER-PEM.
    /// </summary>
    private static IReadOnlyList<string> Flatten(string text)
    {
        var findings = new List<Diagnostic>();
        var roots = YamlText.Load("config", text, findings);
        Assert.Empty(findings);
        var lines = new List<string>();
        foreach (var root in roots.Cast<YamlMappingNode>())
        {
            var name = string.Join('/', new[] { "kind", "name" }.Select(key => root.Children.TryGetValue(new YamlScalarNode(key), out var value) ? value.ToString() : ""));
            Walk(root, name);
        }

        return [.. lines.Order(StringComparer.Ordinal)];

        void Walk(YamlNode node, string path)
        {
            switch (node)
            {
                case YamlMappingNode map:
                    foreach (var (key, value) in map.Children)
                    {
                        Walk(value, $"{path}.{key}");
                    }

                    break;
                case YamlSequenceNode list:
                    for (var i = 0; i < list.Children.Count; i++)
                    {
                        Walk(list.Children[i], $"{path}[{i}]");
                    }

                    break;
                case YamlScalarNode scalar:
                    lines.Add($"{path} = {scalar.Value!.Replace("-PEM", "", StringComparison.Ordinal).TrimEnd('\n')}");
                    break;
            }
        }
    }
}
