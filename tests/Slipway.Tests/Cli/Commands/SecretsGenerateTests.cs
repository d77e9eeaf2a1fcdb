using Slipway.Cli;
using Slipway.Core.MachineConfig.Rendering;
using Slipway.Core.Secrets;
using Slipway.Core.Spec;
using Slipway.Talos.Pki;
using Slipway.Tests.MachineConfig.Rendering;
using Slipway.Tests.Pki;

namespace Slipway.Tests.Cli.Commands;

public sealed class SecretsGenerateTests : IDisposable
{
    private readonly CommandFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("ed25519", "1.3.101.112")]
    [InlineData("ecdsa-p256", "1.2.840.10045.2.1")]
    public async Task The_kind_of_the_Talos_CA_can_be_chosen(string kind, string algorithm)
    {
        var run = await _folder.Run("secrets", "generate", "--talos-ca", kind, "--output-file", "new.yaml");

        Assert.True(run.ExitCode == ExitCodes.Ok, run.Error);
        using var ca = CertificatePem.Read(SecretsYaml.Read("new.yaml", _folder.Read("new.yaml")).Bundle!.Os.Certificate, "the CA");
        Assert.Equal(algorithm, ca.GetKeyAlgorithm());
    }

    [Fact]
    public async Task The_bundle_of_a_running_cluster_comes_back_from_the_config_of_a_control_plane()
    {
        var config = NodeRenderer.Render(Rendered.Request("1.13.9", NodeRole.ControlPlane)).Config!.Reveal();
        await File.WriteAllTextAsync(_folder.At("cp1.yaml"), config, TestContext.Current.CancellationToken);

        var run = await _folder.Run("secrets", "generate", "--from-controlplane-config", "cp1.yaml", "--output-file", "back.yaml");

        Assert.True(run.ExitCode == ExitCodes.Ok, run.Error);
        Assert.Equal(TestSecrets.Bundle, SecretsYaml.Read("back.yaml", _folder.Read("back.yaml")).Bundle);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder.At("back.yaml")));
        Assert.DoesNotContain(TestSecrets.Bundle.TrustdToken.Reveal(), run.Out + run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_config_of_a_worker_does_not_do_and_nothing_is_written()
    {
        var config = NodeRenderer.Render(Rendered.Request("1.13.9", NodeRole.Worker)).Config!.Reveal();
        await File.WriteAllTextAsync(_folder.At("w1.yaml"), config, TestContext.Current.CancellationToken);

        var run = await _folder.Run("secrets", "generate", "--from-controlplane-config", "w1.yaml", "--output-file", "back.yaml");

        Assert.Equal(ExitCodes.BadInput, run.ExitCode);
        Assert.Contains("a worker's config does not hold the CA keys", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.At("back.yaml")));
    }

    [Fact]
    public async Task A_CA_cannot_be_chosen_for_a_cluster_that_has_one()
    {
        var run = await _folder.Run("secrets", "generate", "--from-controlplane-config", "cp1.yaml", "--talos-ca", "ecdsa-p256");

        Assert.Equal(ExitCodes.BadInput, run.ExitCode);
        Assert.Contains("--talos-ca", run.Error, StringComparison.Ordinal);
    }
}
