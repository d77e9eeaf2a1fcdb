using Grpc.Core;
using Slipway.Rehearsal;
using Slipway.Talos.Wire.Cosi;
using Slipway.Talos.Wire.Machine;
using static Slipway.Talos.Wire.Machine.ApplyConfigurationRequest.Types;

namespace Slipway.Tests.Rehearsal.Serving;

/// <summary>ApplyConfiguration on a configured node, by release.</summary>
public sealed class ApplyModeTests
{
    private const string Sysctl = "  sysctls: {net.core.somaxconn: \"4096\"}\n";
    private const string Files = "  files: [{path: /var/etc/x, permissions: 0o644, op: create, content: x}]\n";

    [Theory]
    [InlineData("v1.12.6", Mode.Auto, Sysctl, StatusCode.OK, Mode.NoReboot)]
    [InlineData("v1.12.6", Mode.Auto, Files, StatusCode.OK, Mode.Reboot)]
    [InlineData("v1.13.2", Mode.Auto, Files, StatusCode.OK, Mode.Reboot)]
    [InlineData("v1.12.6", Mode.NoReboot, Files, StatusCode.InvalidArgument, Mode.NoReboot)]
    [InlineData("v1.12.6", Mode.Reboot, Sysctl, StatusCode.OK, Mode.Reboot)]
    [InlineData("v1.12.6", Mode.Staged, Files, StatusCode.OK, Mode.Staged)]
    [InlineData("v1.14.0", Mode.Auto, Files, StatusCode.OK, Mode.NoReboot)]
    [InlineData("v1.14.0", Mode.NoReboot, Files, StatusCode.OK, Mode.NoReboot)]
    [InlineData("v1.14.0", Mode.Reboot, Sysctl, StatusCode.Unimplemented, Mode.Reboot)]
    public async Task A_change_is_carried_as_the_release_does(string talos, Mode mode, string change, StatusCode expected, Mode done)
    {
        await using var bench = await RehearsalBench.StartAsync(talos);
        await bench.ConfigureAsync("cp1", bench.ControlPlaneConfig("cp1"));
        var boots = Boots(bench);
        var request = RehearsalBench.Apply(bench.ControlPlaneConfig("cp1", machine: change), mode);
        if (expected != StatusCode.OK)
        {
            await RehearsalBench.Refused(expected, () => bench.Machine("cp1").ApplyConfigurationAsync(request, RehearsalBench.Call).ResponseAsync);
            return;
        }

        var answer = await bench.Machine("cp1").ApplyConfigurationAsync(request, RehearsalBench.Call);
        Assert.Equal(done, answer.Messages[0].Mode);
        await bench.Pass(TimeSpan.FromMinutes(4));
        Assert.Equal(boots + (done == Mode.Reboot ? 1 : 0), Boots(bench));
    }

    [Fact]
    public async Task A_config_on_trial_is_taken_back_unless_it_is_confirmed()
    {
        await using var bench = await RehearsalBench.StartAsync("v1.12.6");
        await bench.ConfigureAsync("cp1", bench.ControlPlaneConfig("cp1"));
        var request = RehearsalBench.Apply(bench.ControlPlaneConfig("cp1", machine: Sysctl), Mode.Try);
        await bench.Machine("cp1").ApplyConfigurationAsync(request, RehearsalBench.Call);
        Assert.Contains("somaxconn", await ConfigAsync(bench, "v1alpha1"), StringComparison.Ordinal);
        Assert.DoesNotContain("somaxconn", await ConfigAsync(bench, "persistent"), StringComparison.Ordinal);
        await bench.Pass(TimeSpan.FromSeconds(70));
        Assert.DoesNotContain("somaxconn", await ConfigAsync(bench, "v1alpha1"), StringComparison.Ordinal);

        await bench.Machine("cp1").ApplyConfigurationAsync(request, RehearsalBench.Call);
        request.Mode = Mode.NoReboot;
        await bench.Machine("cp1").ApplyConfigurationAsync(request, RehearsalBench.Call);
        await bench.Pass(TimeSpan.FromMinutes(5));
        Assert.Contains("somaxconn", await ConfigAsync(bench, "v1alpha1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_staged_config_is_ahead_on_the_disk_until_the_next_boot()
    {
        await using var bench = await RehearsalBench.StartAsync("v1.12.6");
        await bench.ConfigureAsync("cp1", bench.ControlPlaneConfig("cp1"));
        await bench.Machine("cp1").ApplyConfigurationAsync(RehearsalBench.Apply(bench.ControlPlaneConfig("cp1", machine: Sysctl), Mode.Staged), RehearsalBench.Call);
        Assert.DoesNotContain("somaxconn", await ConfigAsync(bench, "v1alpha1"), StringComparison.Ordinal);
        Assert.Contains("somaxconn", await ConfigAsync(bench, "persistent"), StringComparison.Ordinal);
        var boots = Boots(bench);
        await bench.Machine("cp1").RebootAsync(new RebootRequest(), RehearsalBench.Call);
        await bench.Until(() => Boots(bench) == boots + 1 && bench.Node("cp1").Api == Slipway.Rehearsal.Nodes.ApiPresence.Cluster);
        Assert.Contains("somaxconn", await ConfigAsync(bench, "v1alpha1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dry_run_answers_with_a_diff_and_changes_nothing()
    {
        await using var bench = await RehearsalBench.StartAsync("v1.13.2");
        var config = bench.ControlPlaneConfig("cp1");
        await bench.ConfigureAsync("cp1", config);
        var same = await bench.Machine("cp1").ApplyConfigurationAsync(RehearsalBench.Apply(config, Mode.Auto, dryRun: true), RehearsalBench.Call);
        Assert.Contains("No changes.", same.Messages[0].ModeDetails, StringComparison.Ordinal);
        var other = await bench.Machine("cp1").ApplyConfigurationAsync(RehearsalBench.Apply(bench.ControlPlaneConfig("cp1", machine: Files), Mode.Auto, dryRun: true), RehearsalBench.Call);
        Assert.Equal(Mode.Reboot, other.Messages[0].Mode);
        Assert.Contains("+  files:", other.Messages[0].ModeDetails, StringComparison.Ordinal);
        Assert.Equal(config, await ConfigAsync(bench, "v1alpha1"));
    }

    [Fact]
    public async Task Without_a_v1alpha1_document_nothing_is_applied()
    {
        await using var bench = await RehearsalBench.StartAsync("v1.14.0");
        await bench.ConfigureAsync("cp1", bench.ControlPlaneConfig("cp1"));
        await RehearsalBench.Refused(StatusCode.InvalidArgument, () => bench.Machine("cp1").ApplyConfigurationAsync(
            RehearsalBench.Apply("apiVersion: v1alpha1\nkind: SysctlConfig\nparams: {a.b: \"1\"}\n", Mode.Auto), RehearsalBench.Call).ResponseAsync);
    }

    [Fact]
    public async Task A_control_plane_document_kills_the_config_of_a_worker()
    {
        await using var bench = await RehearsalBench.StartAsync("v1.14.0");
        var config = bench.WorkerConfig("cp1", documents: "---\napiVersion: v1alpha1\nkind: KubeProxyConfig\nenabled: false\n");
        var error = await RehearsalBench.Refused(StatusCode.InvalidArgument, () => bench.Maintenance("cp1").ApplyConfigurationAsync(RehearsalBench.Apply(config, Mode.Auto), RehearsalBench.Call).ResponseAsync);
        Assert.Contains("KubeProxyConfig", error.Status.Detail, StringComparison.Ordinal);
    }

    /// <summary>Field 1 of proto_spec, the exact route; and yaml_spec, a YAML string around the YAML, must say the same.</summary>
    private static async Task<string> ConfigAsync(RehearsalBench bench, string id)
    {
        var state = new State.StateClient(bench.As("cp1", "os:admin"));
        var answer = await state.GetAsync(new GetRequest { Namespace = "config", Type = "MachineConfigs.config.talos.dev", Id = id }, RehearsalBench.Call);
        using var input = answer.Resource.Spec.ProtoSpec.CreateCodedInput();
        Assert.Equal(10u, input.ReadTag());
        var text = input.ReadBytes().ToStringUtf8();
        var yaml = new YamlDotNet.RepresentationModel.YamlStream();
        yaml.Load(new StringReader(answer.Resource.Spec.YamlSpec));
        Assert.Equal(text, ((YamlDotNet.RepresentationModel.YamlScalarNode)yaml.Documents[0].RootNode).Value);
        return text;
    }

    private static int Boots(RehearsalBench bench) => bench.Host.Ledger.Count(entry => entry.Kind == LedgerKind.Booted);
}
