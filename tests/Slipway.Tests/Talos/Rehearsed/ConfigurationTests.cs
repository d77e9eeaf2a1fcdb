using Slipway.Core.Failures;
using Slipway.Core.Secrets;
using Slipway.Core.Versions;
using Slipway.Rehearsal;
using Slipway.Talos.Api;
using Slipway.Talos.Pki;
using Slipway.Talos.Tls;
using Slipway.Tests.Rehearsal.Nodes;

namespace Slipway.Tests.Talos.Rehearsed;

[Collection(SharedControlPlanesCollection.Name)]
public sealed class ConfigurationTests(SharedControlPlanes planes)
{
    private const string Sysctl = "  sysctls: {net.core.somaxconn: \"4096\"}\n";
    private const string Files = "  files: [{path: /var/etc/x, permissions: 0o644, op: create, content: x}]\n";
    private const string SysctlFile = "/proc/sys/net/core/somaxconn";

    private static CancellationToken Cancel => ControlPlane.Cancel;

    [Theory]
    [InlineData("v1.12.6", ConfigurationMode.Reboot)]
    [InlineData("v1.13.2", ConfigurationMode.Reboot)]
    [InlineData("v1.14.0", ConfigurationMode.NoReboot)]
    public async Task A_dry_run_tells_the_mode_and_the_difference_and_applies_nothing(string talos, ConfigurationMode mode)
    {
        var plane = await planes.Of(talos);
        var applied = plane.Count(LedgerKind.Applied);
        var answer = await ApplyAsync(plane, Files, ConfigurationMode.Auto, dryRun: true);
        Assert.Equal(mode, answer.Mode);
        Assert.Contains("+  files:", answer.Details.Reveal(), StringComparison.Ordinal);
        Assert.DoesNotContain("files", answer.ToString(), StringComparison.Ordinal);
        Assert.Contains("No changes.", (await ApplyAsync(plane, "", ConfigurationMode.Auto, dryRun: true)).Details.Reveal(), StringComparison.Ordinal);
        Assert.Equal(applied, plane.Count(LedgerKind.Applied));
    }

    [Fact]
    public async Task A_config_on_trial_is_taken_back_after_the_time_that_was_given()
    {
        var plane = await planes.Of("v1.12.6");
        var files = new FilesApi(plane.Admin);
        Assert.Equal(ConfigurationMode.Try, (await ApplyAsync(plane, Sysctl, ConfigurationMode.Try, tryTimeout: TimeSpan.FromMinutes(3))).Mode);
        Assert.Equal("4096\n", await files.ReadTextAsync(SysctlFile, Cancel));
        await plane.Bench.Pass(TimeSpan.FromMinutes(2));
        Assert.Equal("4096\n", await files.ReadTextAsync(SysctlFile, Cancel));
        var reverted = plane.Count(LedgerKind.TryReverted);
        await plane.Bench.Pass(TimeSpan.FromSeconds(70));
        await ControlPlane.Refused(FailureReason.NotFound, () => files.ReadTextAsync(SysctlFile, Cancel));
        Assert.Equal(reverted + 1, plane.Count(LedgerKind.TryReverted));
    }

    [Fact]
    public async Task A_staged_config_waits_for_the_next_boot()
    {
        await using var plane = await ControlPlane.RunningAsync("v1.14.0");
        var files = new FilesApi(plane.Admin);
        var boots = plane.Count(LedgerKind.Booted);
        Assert.Equal(ConfigurationMode.Staged, (await ApplyAsync(plane, Sysctl, ConfigurationMode.Staged)).Mode);
        await ControlPlane.Refused(FailureReason.NotFound, () => files.ReadTextAsync(SysctlFile, Cancel));
        await new LifecycleApi(plane.Admin).RebootAsync(powerCycle: false, Cancel);
        await plane.BackAfter(boots);
        Assert.Equal("4096\n", await files.ReadTextAsync(SysctlFile, Cancel));
    }

    [Theory]
    [InlineData("v1.14.0", ConfigurationMode.Reboot, Sysctl, FailureReason.NotSupported)]
    [InlineData("v1.13.2", ConfigurationMode.NoReboot, Files, FailureReason.Rejected)]
    [InlineData("v1.13.2", ConfigurationMode.Auto, "  tokn: x\n", FailureReason.Rejected)]
    public async Task What_a_version_does_not_take_is_refused_with_its_reason(string talos, ConfigurationMode mode, string change, FailureReason reason)
    {
        var plane = await planes.Of(talos);
        var applied = plane.Count(LedgerKind.Applied);
        await ControlPlane.Refused(reason, () => ApplyAsync(plane, change, mode));
        Assert.Equal(applied, plane.Count(LedgerKind.Applied));
    }

    [Fact]
    public async Task Only_administrators_apply_to_a_configured_node()
    {
        var plane = await planes.Of("v1.13.2");
        var config = new Sensitive(plane.Bench.ControlPlaneConfig("cp1"));
        await ControlPlane.Refused(FailureReason.PermissionDenied, () => new ConfigurationApi(plane.As("os:operator")).ApplyAsync(config, ConfigurationMode.Auto, dryRun: true, null, Cancel));
    }

    [Theory]
    [InlineData("v1.12.6", ConfigurationMode.Staged, FailureReason.MaintenanceMode)]
    [InlineData("v1.12.6", ConfigurationMode.NoReboot, FailureReason.MaintenanceMode)]
    [InlineData("v1.13.2", ConfigurationMode.NoReboot, null)]
    public async Task The_first_config_may_not_be_staged_up_to_1_12(string talos, ConfigurationMode mode, FailureReason? refusal)
    {
        await using var plane = await ControlPlane.BlankAsync(talos);
        var api = new ConfigurationApi(plane.Insecure());
        var config = new Sensitive(plane.Bench.ControlPlaneConfig("cp1"));
        if (refusal is { } reason)
        {
            await ControlPlane.Refused(reason, () => api.ApplyAsync(config, mode, dryRun: false, null, Cancel));
            Assert.Equal(0, plane.Count(LedgerKind.Applied));
            return;
        }

        Assert.Equal(mode, (await api.ApplyAsync(config, mode, dryRun: false, null, Cancel)).Mode);
        Assert.Equal(1, plane.Count(LedgerKind.Applied));
    }

    [Fact]
    public async Task A_generated_client_has_the_roles_that_were_asked_for_and_is_let_in()
    {
        var plane = await planes.Of("v1.12.6");
        var client = await new ConfigurationApi(plane.Admin).GenerateClientAsync(["os:reader"], TimeSpan.FromHours(1), Cancel);
        Assert.Equal(ConfigText.Secrets.Os.Certificate.Trim(), client.Ca.Trim());
        var identity = TlsIdentity.FromPem(client.Client, "the generated client");
        Assert.True(identity.IsEd25519);
        Assert.Equal("O=os:reader", identity.Chain[0].Subject);
        Assert.InRange(identity.Chain[0].NotAfter - plane.Bench.Clock.GetUtcNow().LocalDateTime, TimeSpan.FromMinutes(50), TimeSpan.FromMinutes(61));
        var reader = plane.With(identity);
        Assert.Equal(ReleaseVersion.Parse("v1.12.6"), await new SystemApi(reader).VersionAsync(Cancel));
        await ControlPlane.Refused(FailureReason.PermissionDenied, () => new FilesApi(reader).ReadTextAsync("/etc/hostname", Cancel));
        Assert.Contains(Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(client.Client.Certificate)), client.Talosconfig.Reveal(), StringComparison.Ordinal);
        await ControlPlane.Refused(FailureReason.PermissionDenied, () => new ConfigurationApi(plane.Reader).GenerateClientAsync(["os:admin"], TimeSpan.FromHours(1), Cancel));
    }

    [Fact]
    public async Task A_generated_client_has_a_key_of_the_same_kind_as_the_ca()
    {
        using var random = System.Security.Cryptography.RandomNumberGenerator.Create();
        var secrets = SecretsFactory.Create(
            new ReleaseVersion(1, 13, 2),
            TimeProvider.System.GetUtcNow().AddHours(-2),
            random,
            new SecretsOptions { TalosCa = KeyAlgorithm.EcdsaP256, ServiceAccountKey = KeyAlgorithm.EcdsaP256 });
        await using var plane = await ControlPlane.BlankAsync("v1.13.2", secrets);
        var config = ConfigText.ControlPlane("cp1", plane.Bench.Host.Endpoint.GetLeftPart(UriPartial.Authority), secrets);
        await plane.Bench.ConfigureAsync("cp1", config);
        var client = await new ConfigurationApi(plane.Admin).GenerateClientAsync(["os:admin"], TimeSpan.FromHours(1), Cancel);
        var identity = TlsIdentity.FromPem(client.Client, "the generated client");
        Assert.False(identity.IsEd25519);
        Assert.Equal("cp1\n", await new FilesApi(plane.With(identity)).ReadTextAsync("/etc/hostname", Cancel));
    }

    private static Task<AppliedConfiguration> ApplyAsync(ControlPlane plane, string change, ConfigurationMode mode, bool dryRun = false, TimeSpan? tryTimeout = null) =>
        new ConfigurationApi(plane.Admin).ApplyAsync(new Sensitive(plane.Bench.ControlPlaneConfig("cp1", machine: change)), mode, dryRun, tryTimeout, Cancel);
}
