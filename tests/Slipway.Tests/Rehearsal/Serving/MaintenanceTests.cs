using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Slipway.Rehearsal;
using Slipway.Rehearsal.Nodes;
using Slipway.Talos.Wire.Cosi;
using Slipway.Talos.Wire.Machine;
using Slipway.Talos.Wire.Storage;
using Slipway.Tests.Rehearsal.Nodes;
using static Slipway.Talos.Wire.Machine.ApplyConfigurationRequest.Types;

namespace Slipway.Tests.Rehearsal.Serving;

public sealed class MaintenanceTests
{
    /// <summary>What anybody reaches on a node without a config, by release.</summary>
    [Theory]
    [InlineData("v1.10.7", "Version", StatusCode.Unimplemented)]
    [InlineData("v1.12.6", "Version", StatusCode.Unimplemented)]
    [InlineData("v1.13.2", "Version", StatusCode.OK)]
    [InlineData("v1.14.0", "Version", StatusCode.OK)]
    [InlineData("v1.12.6", "ServiceList", StatusCode.Unimplemented)]
    [InlineData("v1.13.2", "ServiceList", StatusCode.OK)]
    [InlineData("v1.12.6", "Disks", StatusCode.OK)]
    [InlineData("v1.13.2", "Disks", StatusCode.OK)]
    [InlineData("v1.12.6", "SystemInformation", StatusCode.OK)]
    [InlineData("v1.14.0", "SystemInformation", StatusCode.OK)]
    [InlineData("v1.12.6", "MachineConfig", StatusCode.PermissionDenied)]
    [InlineData("v1.13.2", "MachineConfig", StatusCode.PermissionDenied)]
    [InlineData("v1.12.6", "Bootstrap", StatusCode.Unimplemented)]
    [InlineData("v1.13.2", "Bootstrap", StatusCode.PermissionDenied)]
    [InlineData("v1.12.6", "Reboot", StatusCode.Unimplemented)]
    [InlineData("v1.13.2", "Reboot", StatusCode.PermissionDenied)]
    [InlineData("v1.13.2", "MetaWrite", StatusCode.PermissionDenied)]
    [InlineData("v1.12.6", "ImageList", StatusCode.Unimplemented)]
    [InlineData("v1.13.2", "ImageList", StatusCode.OK)]
    public async Task Without_a_certificate(string talos, string call, StatusCode expected)
    {
        await using var bench = await RehearsalBench.StartAsync(talos);
        Assert.Equal(expected, await CodeOf(call, bench.Insecure("cp1")));
    }

    [Theory]
    [InlineData("v1.10.7", Mode.Reboot, StatusCode.OK)]
    [InlineData("v1.12.6", Mode.Reboot, StatusCode.OK)]
    [InlineData("v1.12.6", Mode.Auto, StatusCode.OK)]
    [InlineData("v1.12.6", Mode.Try, StatusCode.OK)]
    [InlineData("v1.12.6", Mode.NoReboot, StatusCode.Unimplemented)]
    [InlineData("v1.12.6", Mode.Staged, StatusCode.Unimplemented)]
    [InlineData("v1.13.2", Mode.Reboot, StatusCode.OK)]
    [InlineData("v1.13.2", Mode.Staged, StatusCode.OK)]
    [InlineData("v1.14.0", Mode.Reboot, StatusCode.OK)]
    [InlineData("v1.14.0", Mode.NoReboot, StatusCode.OK)]
    public async Task Modes_of_the_first_apply(string talos, Mode mode, StatusCode expected)
    {
        await using var bench = await RehearsalBench.StartAsync(talos);
        var config = bench.ControlPlaneConfig("cp1");
        Assert.Equal(expected, await CodeOf(() => bench.Maintenance("cp1").ApplyConfigurationAsync(RehearsalBench.Apply(config, mode), RehearsalBench.Call).ResponseAsync));
    }

    [Fact]
    public async Task A_dry_run_changes_nothing()
    {
        await using var bench = await RehearsalBench.StartAsync("v1.12.6");
        var answer = await bench.Maintenance("cp1").ApplyConfigurationAsync(RehearsalBench.Apply(bench.ControlPlaneConfig("cp1"), Mode.Auto, dryRun: true), RehearsalBench.Call);
        Assert.Contains("does not have a config yet", answer.Messages[0].ModeDetails, StringComparison.Ordinal);
        await bench.Pass(TimeSpan.FromMinutes(10));
        Assert.Equal(MachineStage.Maintenance, bench.Node("cp1").Stage);
    }

    [Theory]
    [InlineData("machine: [", "failed to parse")]
    [InlineData("version: v1alpha1\nmachine: {type: toaster}\n", "toaster")]
    [InlineData("kind: HostnameConfig\nhostname: x\n", "missing apiVersion")]
    [InlineData("apiVersion: v1alpha1\nkind: KubePrismConfig\n", "not registered")]
    [InlineData("version: v1alpha1\nmachine: {type: worker, tokn: x}\n", "machine.tokn")]
    public async Task A_bad_config_is_refused_with_its_errors(string config, string words)
    {
        await using var bench = await RehearsalBench.StartAsync("v1.12.6");
        var error = await RehearsalBench.Refused(StatusCode.InvalidArgument, () => bench.Maintenance("cp1").ApplyConfigurationAsync(RehearsalBench.Apply(config, Mode.Auto), RehearsalBench.Call).ResponseAsync);
        Assert.Contains(words, error.Status.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("v1.12.6")]
    [InlineData("v1.13.2")]
    [InlineData("v1.14.0")]
    public async Task The_connection_of_maintenance_dies_with_it_and_the_next_one_shows_the_cluster_ca(string talos)
    {
        await using var bench = await RehearsalBench.StartAsync(talos);
        Assert.Equal(44, bench.Host.Nodes[0].MaintenanceFingerprint!.Length);
        var maintenance = new State.StateClient(bench.Insecure("cp1"));
        using var watch = maintenance.Watch(new WatchRequest { Namespace = "runtime", Type = "MachineStatuses.runtime.talos.dev" }, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(await watch.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        await bench.ConfigureAsync("cp1", bench.ControlPlaneConfig("cp1"));
        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            while (await watch.ResponseStream.MoveNext(TestContext.Current.CancellationToken))
            {
            }

            throw new IOException("ended");
        });
        var version = await bench.Machine("cp1").VersionAsync(new Empty(), RehearsalBench.Call);
        Assert.Equal(talos, version.Messages[0].Version_.Tag);
        await Assert.ThrowsAsync<RpcException>(() => bench.Maintenance("cp1").VersionAsync(new Empty(), RehearsalBench.Call).ResponseAsync);
        Assert.Null(bench.Host.Nodes[0].MaintenanceFingerprint);
    }

    [Fact]
    public async Task A_worker_has_a_certificate_of_the_cluster_though_its_config_holds_no_ca_key()
    {
        await using var bench = await RehearsalBench.StartAsync("v1.12.6", 1, 1);
        await bench.ConfigureAsync("cp1", bench.ControlPlaneConfig("cp1"));
        await bench.ConfigureAsync("w1", bench.WorkerConfig("w1"));
        Assert.Equal("w1", (await bench.Machine("w1").HostnameAsync(new Empty(), RehearsalBench.Call)).Messages[0].Hostname_);
    }

    [Fact]
    public async Task A_wrong_certificate_is_not_trusted()
    {
        await using var bench = await RehearsalBench.StartAsync("v1.12.6", 1, 0, new Fault { Kind = FaultKind.WrongCertificate, Node = "cp1" });
        await bench.ConfigureAsync("cp1", bench.ControlPlaneConfig("cp1"));
        await Assert.ThrowsAsync<RpcException>(() => bench.Machine("cp1").VersionAsync(new Empty(), RehearsalBench.Call).ResponseAsync);
    }

    [Fact]
    public async Task A_certificate_of_another_cluster_is_refused()
    {
        await using var bench = await RehearsalBench.StartAsync("v1.12.6");
        await bench.ConfigureAsync("cp1", ConfigText.ControlPlane("cp1", secrets: ConfigText.NewSecrets()));
        await Assert.ThrowsAsync<RpcException>(() => bench.Machine("cp1").VersionAsync(new Empty(), RehearsalBench.Call).ResponseAsync);
    }

    private static Task<StatusCode> CodeOf(string call, CallInvoker invoker)
    {
        var machine = new MachineService.MachineServiceClient(invoker);
        var state = new State.StateClient(invoker);
        return CodeOf(call switch
        {
            "Version" => () => machine.VersionAsync(new Empty(), RehearsalBench.Call).ResponseAsync,
            "ServiceList" => () => machine.ServiceListAsync(new Empty(), RehearsalBench.Call).ResponseAsync,
            "Bootstrap" => () => machine.BootstrapAsync(new BootstrapRequest(), RehearsalBench.Call).ResponseAsync,
            "Reboot" => () => machine.RebootAsync(new RebootRequest(), RehearsalBench.Call).ResponseAsync,
            "MetaWrite" => () => machine.MetaWriteAsync(new MetaWriteRequest { Key = 12 }, RehearsalBench.Call).ResponseAsync,
            "Disks" => () => new StorageService.StorageServiceClient(invoker).DisksAsync(new Empty(), RehearsalBench.Call).ResponseAsync,
            "ImageList" => () => new ImageService.ImageServiceClient(invoker).List(new ImageServiceListRequest(), RehearsalBench.Call).ResponseStream.MoveNext(TestContext.Current.CancellationToken),
            "SystemInformation" => () => state.GetAsync(new GetRequest { Namespace = "hardware", Type = "SystemInformations.hardware.talos.dev", Id = "systeminformation" }, RehearsalBench.Call).ResponseAsync,
            "MachineConfig" => () => state.GetAsync(new GetRequest { Namespace = "config", Type = "MachineConfigs.config.talos.dev", Id = "v1alpha1" }, RehearsalBench.Call).ResponseAsync,
            _ => throw new ArgumentOutOfRangeException(nameof(call)),
        });
    }

    private static async Task<StatusCode> CodeOf(Func<Task> call)
    {
        try
        {
            await call();
            return StatusCode.OK;
        }
        catch (RpcException error)
        {
            return error.StatusCode;
        }
    }
}
