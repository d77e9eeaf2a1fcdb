using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Slipway.Talos.Wire.Cosi;
using Slipway.Talos.Wire.Machine;
using static Slipway.Talos.Wire.Machine.ApplyConfigurationRequest.Types;

namespace Slipway.Tests.Rehearsal.Serving;

public sealed class RoleTests
{
    private static readonly string[] All = ["os:admin", "os:operator", "os:reader", "os:etcd:backup", "os:meta:writer"];

    [Fact]
    public async Task Each_role_may_do_what_talos_lets_it()
    {
        await using var bench = await RehearsalBench.StartAsync("v1.13.2");
        await bench.ConfigureAsync("cp1", bench.ControlPlaneConfig("cp1"));
        bench.Node("cp1").Bootstrap();
        await bench.Until(() => bench.Node("cp1").StaticPodsUp);
        var config = bench.ControlPlaneConfig("cp1");
        await Allowed(invoker => new MachineService.MachineServiceClient(invoker).VersionAsync(new Empty(), RehearsalBench.Call).ResponseAsync, "os:admin", "os:operator", "os:reader");
        await Allowed(invoker => new MachineService.MachineServiceClient(invoker).MetaWriteAsync(new MetaWriteRequest { Key = 12 }, RehearsalBench.Call).ResponseAsync, "os:admin", "os:meta:writer");
        await Allowed(invoker => Drain(new MachineService.MachineServiceClient(invoker).EtcdSnapshot(new EtcdSnapshotRequest(), RehearsalBench.Call)), "os:admin", "os:operator", "os:etcd:backup");
        await Allowed(invoker => Drain(new MachineService.MachineServiceClient(invoker).Kubeconfig(new Empty(), RehearsalBench.Call)), "os:admin");
        await Allowed(invoker => Drain(new MachineService.MachineServiceClient(invoker).Read(new ReadRequest { Path = "/proc/cmdline" }, RehearsalBench.Call)), "os:admin");
        await Allowed(invoker => new MachineService.MachineServiceClient(invoker).ApplyConfigurationAsync(RehearsalBench.Apply(config, Mode.NoReboot), RehearsalBench.Call).ResponseAsync, "os:admin");
        await Allowed(invoker => new MachineService.MachineServiceClient(invoker).ServiceRestartAsync(new ServiceRestartRequest { Id = "kubelet" }, RehearsalBench.Call).ResponseAsync, "os:admin", "os:operator");
        await Allowed(invoker => new State.StateClient(invoker).GetAsync(new GetRequest { Namespace = "config", Type = "MachineConfigs.config.talos.dev", Id = "v1alpha1" }, RehearsalBench.Call).ResponseAsync, "os:admin");
        await Allowed(invoker => new State.StateClient(invoker).GetAsync(new GetRequest { Namespace = "runtime", Type = "MachineStatuses.runtime.talos.dev", Id = "machine" }, RehearsalBench.Call).ResponseAsync, "os:admin", "os:operator", "os:reader");

        async Task Allowed(Func<CallInvoker, Task> call, params string[] roles)
        {
            foreach (var role in All)
            {
                if (roles.Contains(role))
                {
                    await call(bench.As("cp1", role));
                }
                else
                {
                    await RehearsalBench.Refused(StatusCode.PermissionDenied, () => call(bench.As("cp1", role)));
                }
            }
        }
    }

    [Fact]
    public async Task Calls_are_forwarded_by_control_planes_only()
    {
        await using var bench = await RehearsalBench.StartAsync("v1.13.2", 1, 1);
        await bench.ConfigureAsync("cp1", bench.ControlPlaneConfig("cp1"));
        await bench.ConfigureAsync("w1", bench.WorkerConfig("w1"));
        Assert.Equal("w1", await HostnameAsync("cp1", ("node", bench.Node("w1").Plate.Address.ToString())));
        Assert.Equal("w1", await HostnameAsync("cp1", ("node", "w1")));
        Assert.Equal("w1", await HostnameAsync("w1", ("node", "w1")));
        var refused = await RehearsalBench.Refused(StatusCode.PermissionDenied, () => HostnameAsync("w1", ("node", "cp1")));
        Assert.Equal("no request forwarding", refused.Status.Detail);
        await RehearsalBench.Refused(StatusCode.Unavailable, () => HostnameAsync("cp1", ("node", "10.99.99.99")));
        await RehearsalBench.Refused(StatusCode.InvalidArgument, () => HostnameAsync("cp1", ("node", "cp1"), ("node", "w1")));
        await RehearsalBench.Refused(StatusCode.InvalidArgument, () => new State.StateClient(bench.As("cp1", "os:admin")).GetAsync(
            new GetRequest { Namespace = "runtime", Type = "MachineStatuses.runtime.talos.dev", Id = "machine" }, Headers(("nodes", "w1"))).ResponseAsync);

        async Task<string> HostnameAsync(string node, params (string Key, string Value)[] headers) =>
            (await bench.Machine(node).HostnameAsync(new Empty(), Headers(headers))).Messages[0].Hostname_;
    }

    private static CallOptions Headers(params (string Key, string Value)[] headers)
    {
        var metadata = new Grpc.Core.Metadata();
        foreach (var (key, value) in headers)
        {
            metadata.Add(key, value);
        }

        return RehearsalBench.Call.WithHeaders(metadata);
    }

    private static async Task Drain<T>(AsyncServerStreamingCall<T> call)
    {
        await foreach (var _ in call.ResponseStream.ReadAllAsync(TestContext.Current.CancellationToken))
        {
        }
    }
}
