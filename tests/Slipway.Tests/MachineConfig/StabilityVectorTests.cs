namespace Slipway.Tests.MachineConfig;

/// <summary>
/// Talos' generator with other options and a patch, against the same generator without them. The options are said here as
/// a patch of our own, so that base plus options plus Talos' patch must give Talos' answer, whole.
/// </summary>
public sealed class StabilityVectorTests
{
    private const string Common = """
        machine:
            certSANs: [foo, bar]
            install:
                disk: /dev/vda
                extraKernelArgs: [foo=bar, bar=baz]
            sysctls: {foo: bar}
        cluster:
            network:
                cni: {name: custom, urls: [https://example.com/cni.yaml]}
                dnsDomain: example.com
        """;

    private const string ControlPlane = """
        cluster:
            controlPlane: {localAPIServerPort: 5443}
            apiServer: {certSANs: [foo, bar]}
            allowSchedulingOnControlPlanes: true
        """;

    private const string OldMirror = "machine: {registries: {mirrors: {ghcr.io: {endpoints: [https://ghcr.io.my-mirror.com]}}}}";

    private const string NewMirror = "{apiVersion: v1alpha1, kind: RegistryMirrorConfig, name: ghcr.io, endpoints: [{url: https://ghcr.io.my-mirror.com}]}";

    [Theory]
    [InlineData("v1.8", "controlplane")]
    [InlineData("v1.8", "worker")]
    [InlineData("v1.10", "controlplane")]
    [InlineData("v1.10", "worker")]
    [InlineData("v1.12", "controlplane")]
    [InlineData("v1.12", "worker")]
    public void Base_with_options_and_patch_is_the_overridden_config(string version, string role)
    {
        List<string> patches =
        [
            Common,
            version == "v1.12" ? NewMirror : OldMirror,
            .. role == "controlplane" ? new[] { ControlPlane } : [],
            TalosVectors.Read("stability", "patch-pre14.yaml"),
        ];
        var patched = Patched.Apply(TalosVectors.Read("stability", version, $"base-{role}.yaml"), [.. patches]);
        Assert.Equal(Decoded.Config(TalosVectors.Read("stability", version, $"overrides-{role}.yaml")), Decoded.Config(patched));
    }

    [Fact]
    public void The_patch_of_1_14_changes_the_kubelet_document_and_nothing_else()
    {
        var config = TalosVectors.Read("stability", "v1.14", "base-worker.yaml");
        var patched = Patched.Apply(config, TalosVectors.Read("stability", "patch.yaml"));
        var change = Assert.Single(Slipway.Core.MachineConfig.ConfigDiff.Between(config, patched));
        Assert.Equal(("KubeletConfig", "clusterDNS"), (change.Document, change.Path));
    }
}
