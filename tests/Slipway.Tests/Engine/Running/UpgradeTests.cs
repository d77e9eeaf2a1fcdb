using Slipway.Core.Failures;
using Slipway.Core.Installers;
using Slipway.Core.Planning;
using Slipway.Core.Spec;
using Slipway.Core.Versions;

namespace Slipway.Tests.Engine.Running;

public sealed class UpgradeTests : IAsyncLifetime
{
    private readonly FakeWorld _world = new(controlPlanes: 3, workers: 6);

    public async ValueTask InitializeAsync()
    {
        await _world.UpAsync(TestContext.Current.CancellationToken);
        foreach (var node in _world.Nodes.Values)
        {
            node.Boot = new BootObservation { Cmdline = "pti=on slab_nomerge", Uki = true };
        }

        _world.Desired = _world.Desired with { Spec = _world.Desired.Spec with { Talos = new ReleaseVersion(1, 14, 0) } };
    }

    public ValueTask DisposeAsync()
    {
        _world.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Every_node_is_upgraded_once_control_planes_first_and_a_second_run_does_nothing()
    {
        var order = new List<string>();
        _world.OnNodeUpgrade = node => order.Add(node.Spec.Name);

        var first = await UpAsync();
        var second = await UpAsync();

        Assert.Equal(["cp1", "cp2", "cp3"], order.Take(3));
        Assert.All(_world.Nodes.Values, node => Assert.Equal([$"factory.talos.dev/metal-installer/{Schematic.Empty.Id}:v1.14.0"], node.UpgradedTo));
        Assert.Equal(9, first.Done.Count);
        Assert.Empty(second.Done);
    }

    [Fact]
    public async Task Never_two_control_planes_and_never_more_workers_than_allowed_are_away_at_a_time()
    {
        var (controlPlanes, workers) = (0, 0);
        _world.OnNodeUpgrade = node =>
        {
            // The one that is about to go down is not away yet.
            controlPlanes = Math.Max(controlPlanes, 1 + _world.Nodes.Values.Count(other => other != node && other.Away && other.Spec.Role == NodeRole.ControlPlane));
            workers = Math.Max(workers, _world.Nodes.Values.Count(other => other != node && other.Away && other.Spec.Role == NodeRole.Worker));
        };

        await UpAsync();

        Assert.Equal(1, controlPlanes);
        Assert.InRange(workers, 0, 3);
    }

    [Fact]
    public async Task A_control_plane_is_not_taken_down_while_another_is_no_member()
    {
        _world.Nodes["cp3"].EtcdMember = false;
        _world.Nodes["cp3"].StillListed = true;

        var error = await Assert.ThrowsAsync<SlipwayException>(UpAsync);

        Assert.Equal((FailureReason.Unsafe, "cp1", "upgrade"), (error.Reason, error.Node, error.Phase));
        Assert.Equal("not up: cp3", error.Found);
        Assert.All(_world.Nodes.Values, node => Assert.Empty(node.UpgradedTo));
    }

    [Fact]
    public async Task Nothing_begins_when_one_upgrade_would_drop_an_extension()
    {
        _world.Nodes["w4"].Boot = _world.Nodes["w4"].Boot! with { Extensions = [new InstalledExtension("nvme-cli", "1")] };

        var error = await Assert.ThrowsAsync<SlipwayException>(UpAsync);

        Assert.Equal((FailureReason.Unsafe, "w4"), (error.Reason, error.Node));
        Assert.Contains("would drop the extension nvme-cli", error.Message, StringComparison.Ordinal);
        Assert.All(_world.Nodes.Values, node => Assert.Empty(node.UpgradedTo));
    }

    [Fact]
    public async Task A_connection_that_breaks_is_tried_again_and_the_node_is_upgraded_once()
    {
        _world.Nodes["cp2"].UpgradesToLose = 2;

        await UpAsync();

        Assert.Single(_world.Nodes["cp2"].UpgradedTo);
    }

    [Fact]
    public async Task A_node_that_boots_its_former_image_again_ends_the_run_before_the_next_is_touched()
    {
        _world.Nodes["cp1"].FallsBack = true;

        var error = await Assert.ThrowsAsync<SlipwayException>(UpAsync);

        Assert.Equal((FailureReason.Rejected, "cp1"), (error.Reason, error.Node));
        Assert.Equal("talos: v1.13.9 instead of v1.14.0", error.Found);
        Assert.All(_world.Nodes.Values.Where(node => node.Spec.Name != "cp1"), node => Assert.Empty(node.UpgradedTo));
    }

    [Fact]
    public async Task A_kernel_argument_that_did_not_arrive_is_named_and_ends_the_run()
    {
        _world.Desired = _world.Desired with
        {
            Spec = _world.Desired.Spec with
            {
                Nodes = [.. _world.Desired.Spec.Nodes.Select(node => node with { Layout = new ProfileSpec { Name = "p", KernelArgs = ["nowatchdog"] } })],
            },
        };

        var error = await Assert.ThrowsAsync<SlipwayException>(UpAsync);

        Assert.Equal((FailureReason.Rejected, "cp1"), (error.Reason, error.Node));
        Assert.StartsWith("nowatchdog did not arrive: the node's image has it", error.Found, StringComparison.Ordinal);
        Assert.Single(_world.Nodes.Values, node => node.UpgradedTo.Count > 0);
    }

    private Task<Slipway.Engine.Running.RunReport> UpAsync() => _world.UpAsync(TestContext.Current.CancellationToken);
}
