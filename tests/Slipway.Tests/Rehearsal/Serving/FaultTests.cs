using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Slipway.Rehearsal;
using Slipway.Talos.Wire.Cosi;
using static Slipway.Talos.Wire.Machine.ApplyConfigurationRequest.Types;

namespace Slipway.Tests.Rehearsal.Serving;

public sealed class FaultTests
{
    [Theory]
    [InlineData(FaultKind.CutBefore, 0)]
    [InlineData(FaultKind.CutAfter, 1)]
    public async Task A_cut_hides_whether_the_effect_came_about(FaultKind kind, int applied)
    {
        await using var bench = await RehearsalBench.StartAsync("v1.12.6", 1, 0, new Fault { Kind = kind, Method = "ApplyConfiguration", Node = "cp1" });
        var request = RehearsalBench.Apply(bench.ControlPlaneConfig("cp1"), Mode.Auto);
        var error = await Assert.ThrowsAsync<RpcException>(() => bench.Maintenance("cp1").ApplyConfigurationAsync(request, RehearsalBench.Call).ResponseAsync);
        Assert.Equal(StatusCode.Unavailable, error.StatusCode);
        Assert.Equal(applied, bench.Host.Ledger.Count(entry => entry.Kind == LedgerKind.Applied));
        Assert.Equal(1, bench.Host.Ledger.Count(entry => entry.Kind == LedgerKind.Fault));
        if (kind == FaultKind.CutBefore)
        {
            await bench.Maintenance("cp1").ApplyConfigurationAsync(request, RehearsalBench.Call);
        }
    }

    [Fact]
    public async Task A_wrong_uuid_is_what_the_machine_says_and_not_what_its_label_says()
    {
        await using var bench = await RehearsalBench.StartAsync("v1.12.6", 1, 0, new Fault { Kind = FaultKind.WrongUuid, Node = "cp1" });
        var answer = await new State.StateClient(bench.Insecure("cp1")).GetAsync(
            new GetRequest { Namespace = "hardware", Type = "SystemInformations.hardware.talos.dev", Id = "systeminformation" }, RehearsalBench.Call);
        Assert.DoesNotContain(bench.Host.Nodes[0].Uuid, answer.Resource.Spec.YamlSpec, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_slow_node_takes_longer_by_its_factor()
    {
        await using var bench = await RehearsalBench.StartAsync("v1.12.6", 1, 0, new Fault { Kind = FaultKind.Slow, Node = "cp1", Factor = 10 });
        await bench.Maintenance("cp1").ApplyConfigurationAsync(RehearsalBench.Apply(bench.ControlPlaneConfig("cp1"), Mode.Auto), RehearsalBench.Call);
        await bench.Until(() => bench.Node("cp1").Disk.IsInstalled, TimeSpan.FromHours(1));
        Assert.True(bench.Clock.Elapsed > TimeSpan.FromSeconds(400));
    }

    [Fact]
    public async Task A_node_that_is_down_cuts_its_connections_and_takes_no_new_ones()
    {
        await using var bench = await RehearsalBench.StartAsync("v1.12.6");
        await bench.ConfigureAsync("cp1", bench.ControlPlaneConfig("cp1"));
        var machine = bench.Machine("cp1");
        await machine.VersionAsync(new Empty(), RehearsalBench.Call);
        bench.Node("cp1").PowerCut(TimeSpan.FromHours(100));
        using (bench.Clock.Busy())
        {
            await RehearsalBench.Refused(StatusCode.Unavailable, () => machine.VersionAsync(new Empty(), RehearsalBench.Call).ResponseAsync);
        }
    }

    [Fact]
    public async Task Faults_and_versions_for_nodes_that_are_not_there_are_refused()
    {
        var error = await Assert.ThrowsAsync<ArgumentException>(() => RehearsalBench.StartAsync("v1.12.6", 1, 0, new Fault { Kind = FaultKind.NeverBack, Node = "w9" }));
        Assert.Contains("w9", error.Message, StringComparison.Ordinal);
        Assert.Contains("1.10 to 1.14", (await Assert.ThrowsAsync<ArgumentException>(() => RehearsalBench.StartAsync("v1.9.0"))).Message, StringComparison.Ordinal);
    }
}
