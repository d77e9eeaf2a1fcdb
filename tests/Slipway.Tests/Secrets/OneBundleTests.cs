using Slipway.Core.Diagnostics;
using Slipway.Core.MachineConfig;
using Slipway.Core.MachineConfig.Rendering;
using Slipway.Core.Secrets;
using Slipway.Core.Spec;
using Slipway.Core.Versions;
using Slipway.Talos.Pki;
using Slipway.Tests.MachineConfig.Rendering;
using Slipway.Tests.Pki;

namespace Slipway.Tests.Secrets;

/// <summary>One bundle serves every Talos, every node and every later day.</summary>
public sealed class OneBundleTests
{
    private static readonly string[] s_versions = ["1.10.9", "1.11.6", "1.12.11", "1.13.9", "1.14.0"];

    public static TheoryData<string, KeyAlgorithm> EveryVersionAndCa()
    {
        var data = new TheoryData<string, KeyAlgorithm>();
        foreach (var version in s_versions)
        {
            data.Add(version, KeyAlgorithm.Ed25519);
            data.Add(version, KeyAlgorithm.EcdsaP256);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(EveryVersionAndCa))]
    public void The_config_of_a_control_plane_of_any_version_gives_the_bundle_back(string talos, KeyAlgorithm ca)
    {
        var bundle = ca == KeyAlgorithm.Ed25519 ? TestSecrets.Bundle : TestSecrets.Create(new ReleaseVersion(1, 14, 0), ca);
        var config = Render(Rendered.Request(talos, NodeRole.ControlPlane) with { Secrets = bundle });

        Assert.Equal(bundle, SecretsFromConfig.Read("cp.yaml", config).Bundle);
        Assert.Empty(ConfigValidator.Validate("cp.yaml", config, ReleaseVersion.Parse(talos)));
    }

    [Theory]
    [MemberData(nameof(EveryVersionAndCa))]
    public void A_node_that_is_added_later_belongs_to_the_same_cluster(string talos, KeyAlgorithm ca)
    {
        // Day 0 with one version, and the secrets file on disk from then on.
        var bundle = TestSecrets.Create(new ReleaseVersion(1, 12, 0), ca);
        var first = Render(Rendered.Request("1.12.11", NodeRole.ControlPlane) with { Secrets = bundle });
        var kept = SecretsYaml.Read("secrets.yaml", SecretsYaml.Write(bundle)).Bundle!;

        var controlPlane = Render(Rendered.Request(talos, NodeRole.ControlPlane, node => node with { Name = "cp-9" }) with { Secrets = kept });
        var worker = new Rendered(NodeRenderer.Render(Rendered.Request(talos, NodeRole.Worker, node => node with { Name = "w-9" }) with { Secrets = kept }));

        Assert.Equal(SecretsFromConfig.Read("a", first).Bundle, SecretsFromConfig.Read("b", controlPlane).Bundle);
        Assert.Equal(bundle.TrustdToken.Reveal(), worker["v1alpha1", "machine.token"]);
        Assert.Equal(bundle.BootstrapToken.Reveal(), worker["v1alpha1", "cluster.token"]);
        Assert.Equal(Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(bundle.Os.Certificate)), worker["v1alpha1", "machine.ca.crt"]);
        Assert.Equal(bundle.ClusterId, worker["DiscoveryIdentityConfig", "clusterID"] ?? worker["v1alpha1", "cluster.id"]);
        // A worker has no key that could sign for anybody.
        Assert.Equal("", worker["v1alpha1", "machine.ca.key"]);
        Assert.DoesNotContain(bundle.Kubernetes.Key!.Reveal().Split('\n')[1], worker.Text, StringComparison.Ordinal);
    }

    private static string Render(RenderRequest request)
    {
        var result = NodeRenderer.Render(request);
        Assert.DoesNotContain(result.Findings, finding => finding.Severity == Severity.Error);
        return result.Config!.Reveal();
    }
}
