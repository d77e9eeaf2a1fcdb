using Slipway.Core.Failures;
using Slipway.Core.Planning;
using Slipway.Core.Spec;
using Slipway.Engine.Reporting;
using Slipway.Engine.Running;
using Slipway.Tests.Doctor;
using Slipway.Tests.Planning;

namespace Slipway.Tests.Engine.Running;

/// <summary>The doctor's list inside a run: before the first change, right after the install, and at the end.</summary>
public sealed class CheckupTests : IDisposable
{
    private const string Nodes = "/sys/devices/system/node";

    private readonly FakeWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task A_run_does_not_end_well_while_a_check_fails_and_does_nothing_anew_once_it_is_mended()
    {
        _world.Nodes["w2"].Files["/proc/sys/kernel/osrelease"] = "5.10.1";

        var error = await FailAsync();

        Assert.Equal((FailureReason.Unfit, "w2", "verify"), (error.Reason, error.Node, error.Phase));
        Assert.Contains("w2: kernel.version: expected 6.3 or newer, found 5.10.1", error.Message, StringComparison.Ordinal);
        _world.Nodes["w2"].Files["/proc/sys/kernel/osrelease"] = "6.18.0";
        Assert.Empty((await UpAsync()).Done);
        Assert.All(_world.Nodes.Values, node => Assert.Equal(1, node.Applies));
    }

    [Fact]
    public async Task A_kube_proxy_that_an_older_config_brought_is_told_at_the_end()
    {
        _world.Beside.Add(new Slipway.Engine.Ports.Workload("DaemonSet", "kube-proxy", 5, 5, true));

        var error = await FailAsync();

        Assert.Equal((FailureReason.Unfit, "verify"), (error.Reason, error.Phase));
        Assert.Contains("DaemonSet kube-proxy in kube-system", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_settles_within_seconds_fails_no_run()
    {
        var node = _world.Nodes["w2"];
        node.Files["/proc/sys/kernel/osrelease"] = "5.10.1";
        _world.Reporter.OnEvent = told =>
        {
            if (told is ConditionChanged { Phase: "verify", State: ConditionState.Waiting, Reason: { } reason } && reason.Contains("kernel.version", StringComparison.Ordinal))
            {
                node.Files["/proc/sys/kernel/osrelease"] = "6.18.0";
            }
        };

        Assert.NotEmpty((await UpAsync()).Done);
    }

    [Fact]
    public async Task A_warning_of_many_nodes_is_told_once_and_ends_no_run()
    {
        foreach (var node in _world.Nodes.Values)
        {
            node.Files["/proc/sys/kernel/osrelease"] = "6.1.0";
        }

        await UpAsync();

        var told = Assert.Single(_world.Reporter.Events.OfType<Notice>(), notice => notice.Message.Contains("kernel.version", StringComparison.Ordinal));
        Assert.StartsWith("cp1, cp2, cp3 and 2 more: kernel.version: expected 6.3 or newer, found 6.1.0", told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_configured_node_whose_network_CPUs_are_on_another_NUMA_node_than_its_NIC_is_found_before_anything_is_sent()
    {
        await UpAsync();
        Place(_world.Nodes["w1"], nic: "1", cpus: "0-15");
        _world.Desired = WithLayout("w1", numaNode: null);
        var applies = _world.Nodes.Values.Sum(node => node.Applies);

        var error = await FailAsync();

        Assert.Equal((FailureReason.Preflight, "w1", "preflight"), (error.Reason, error.Node, error.Phase));
        Assert.Contains("hardware.numa eth0: expected network CPUs 2-3 on the node of eth0, found eth0 on node 1, which has 16-31", error.Message, StringComparison.Ordinal);
        Assert.Equal(applies, _world.Nodes.Values.Sum(node => node.Applies));
    }

    [Fact]
    public async Task What_a_blank_machine_does_not_tell_is_judged_after_its_install_and_before_anything_runs_on_it()
    {
        Place(_world.Nodes["w1"], nic: "1", cpus: "0-15");
        _world.Desired = WithLayout("w1", numaNode: 0);

        Assert.Contains(Planner.Plan(_world.Desired, Sample.Blank(_world.Desired)).Warnings, warning => warning.StartsWith("w1: whether its NIC is on NUMA node 0 is not told", StringComparison.Ordinal));
        var error = await FailAsync();

        Assert.Equal((FailureReason.Unfit, "w1", "install"), (error.Reason, error.Node, error.Phase));
        Assert.Contains("hardware.numa eth0: expected node 0, as the profile's CPUs, found node 1", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, _world.Nodes.Values.Sum(node => node.Bootstraps));
    }

    [Theory]
    [InlineData(1, "there is no node 1; there are 0")]
    [InlineData(0, "node 0 has 0-3")]
    public async Task The_CPUs_of_a_blank_machine_are_judged_by_the_folders_that_it_shows(int numaNode, string found)
    {
        var node = _world.Nodes["w1"];
        node.Folders[Nodes] = ["node0", "online", "possible"];
        node.Folders[$"{Nodes}/node0"] = ["cpu0", "cpu1", "cpu2", "cpu3", "cpulist", "cpumap"];
        node.Folders["/sys/devices/system/cpu"] = [.. Enumerable.Range(0, 16).Select(cpu => $"cpu{cpu}"), "cpufreq", "online"];
        _world.Desired = WithLayout("w1", numaNode);

        var error = await FailAsync();

        Assert.Equal((FailureReason.Preflight, "w1"), (error.Reason, error.Node));
        Assert.Contains($"hardware.numa cpus: expected CPUs 2-15 on node {numaNode}, found {found}", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, _world.Nodes.Values.Sum(other => other.Applies));
    }

    [Fact]
    public async Task A_CPU_that_a_blank_machine_does_not_have_is_named()
    {
        _world.Nodes["w1"].Folders["/sys/devices/system/cpu"] = [.. Enumerable.Range(0, 15).Select(cpu => $"cpu{cpu}")];
        _world.Desired = WithLayout("w1", numaNode: null);

        Assert.Contains("cpu.layout online: expected 0-15, found 0-14: no CPU 15", (await FailAsync()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_machine_that_is_as_its_profile_says_goes_through()
    {
        Place(_world.Nodes["w1"], nic: "0", cpus: "0-15");
        _world.Desired = WithLayout("w1", numaNode: 0);

        Assert.NotEmpty((await UpAsync()).Done);
        Assert.Empty((await UpAsync()).Done);
    }

    private static void Place(FakeNode node, string nic, string cpus)
    {
        node.Links = [Subjects.Nic("eth0", node.Spec.Address, 9000)];
        node.Folders[Nodes] = ["node0", "node1"];
        node.Folders[$"{Nodes}/node0"] = [.. CpuSet.Parse(cpus).Cpus.Select(cpu => $"cpu{cpu}")];
        node.Files["/sys/devices/system/cpu/online"] = "0-31";
        node.Files[$"{Nodes}/online"] = "0-1";
        node.Files[$"{Nodes}/node0/cpulist"] = cpus;
        node.Files[$"{Nodes}/node1/cpulist"] = "16-31";
        node.Files["/sys/class/net/eth0/device/numa_node"] = nic;
    }

    private DesiredState WithLayout(string name, int? numaNode) => _world.Desired with
    {
        Spec = _world.Desired.Spec with
        {
            Nodes =
            [
                .. _world.Desired.Spec.Nodes.Select(node => node.Name != name ? node : node with
                {
                    Layout = new ProfileSpec
                    {
                        Name = "p",
                        Cpus = new CpuLayoutSpec { Housekeeping = CpuSet.Parse("0-1"), Network = CpuSet.Parse("2-3"), Workload = CpuSet.Parse("4-15"), NumaNode = numaNode },
                    },
                }),
            ],
        },
    };

    private Task<RunReport> UpAsync() => _world.UpAsync(TestContext.Current.CancellationToken);

    private Task<SlipwayException> FailAsync() => Assert.ThrowsAsync<SlipwayException>(UpAsync);
}
