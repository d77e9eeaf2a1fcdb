using CsCheck;
using Slipway.Core.Layouts;
using Slipway.Core.Spec;

namespace Slipway.Tests.Layouts;

public sealed class NodeLayoutTests
{
    private static readonly CpuLayoutSpec s_cpus = new()
    {
        Housekeeping = CpuSet.Parse("0-1"),
        Network = CpuSet.Parse("2-3"),
        Workload = CpuSet.Parse("4-7"),
    };

    [Fact]
    public void Nothing_follows_from_no_profile() => Assert.Equivalent(NodeLayout.None, NodeLayout.Of(Node(null)), strict: true);

    [Fact]
    public void Every_wish_has_its_kernel_argument()
    {
        var layout = NodeLayout.Of(Node(new ProfileSpec
        {
            Name = "p",
            Cpus = s_cpus with
            {
                Isolation = CpuIsolation.Full,
                Tickless = true,
                Governor = "performance",
                FrequencyDriver = new FrequencyDriver("intel", "passive"),
                ShallowIdle = true,
            },
            HugePages = new HugePagesSpec { Huge = 512 },
            KernelArgs = ["iommu.passthrough=1"],
        }));

        Assert.Equal(
            [
                "isolcpus=managed_irq,domain,4-7", "irqaffinity=0-3", "nohz_full=4-7", "rcu_nocbs=4-7", "cpufreq.default_governor=performance",
                "intel_pstate=passive", "processor.max_cstate=1", "intel_idle.max_cstate=0", "hugepagesz=2M", "hugepages=512", "iommu.passthrough=1",
            ],
            layout.KernelArguments);
    }

    [Fact]
    public void Of_two_sizes_of_huge_pages_only_one_goes_to_the_command_line_where_equal_names_are_gathered()
    {
        var layout = NodeLayout.Of(Node(new ProfileSpec { Name = "p", HugePages = new HugePagesSpec { Gigantic = 28, Huge = 512 } }));

        Assert.Equal(["hugepagesz=1G", "hugepages=28"], layout.KernelArguments);
        Assert.Equal("512", layout.Sysfs["kernel.mm.hugepages.hugepages-2048kB.nr_hugepages"]);
    }

    [Fact]
    public void One_queue_is_spread_by_software_and_has_no_queue_to_choose()
    {
        var layout = NodeLayout.Of(Node(new ProfileSpec { Name = "p", Cpus = s_cpus, Nic = new NicLayoutSpec { Queues = 1 } }));

        Assert.Equal(
            new Dictionary<string, string> { ["class.net.enp1s0.queues.rx-0.rps_cpus"] = "c", ["devices.virtual.workqueue.cpumask"] = "3" },
            layout.Sysfs);
    }

    [Fact]
    public void Several_queues_share_the_sending_CPUs_evenly()
    {
        var layout = NodeLayout.Of(Node(new ProfileSpec { Name = "p", Cpus = s_cpus, Nic = new NicLayoutSpec { Queues = 2, NapiThreads = true } }));

        Assert.Equal(
            new Dictionary<string, string>
            {
                ["class.net.enp1s0.queues.tx-0.xps_cpus"] = "55",
                ["class.net.enp1s0.queues.tx-1.xps_cpus"] = "aa",
                ["class.net.enp1s0.threaded"] = "1",
                ["devices.virtual.workqueue.cpumask"] = "3",
            },
            layout.Sysfs);
    }

    [Fact]
    public void A_link_with_a_dot_in_its_name_is_written_with_slashes()
    {
        var node = Node(new ProfileSpec { Name = "p", Nic = new NicLayoutSpec { NapiThreads = true } }) with { Interface = new InterfaceSpec { Name = "lan.1" } };

        Assert.Equal("class/net/lan.1/threaded", Assert.Single(NodeLayout.Of(node).Sysfs).Key);
    }

    [Fact]
    public void Kernel_kubelet_NIC_and_agent_never_disagree() => (
        from order in Gen.Shuffle(Enumerable.Range(0, 24).ToArray())
        from housekeeping in Gen.Int[1, 8]
        from network in Gen.Int[1, 8]
        from queues in Gen.Int[1, 8]
        select (Cpus: new CpuLayoutSpec
        {
            Housekeeping = new CpuSet(order[..housekeeping]),
            Network = new CpuSet(order[housekeeping..(housekeeping + network)]),
            Workload = new CpuSet(order[(housekeeping + network)..]),
            Isolation = CpuIsolation.Full,
        }, Queues: queues)).Sample(sample =>
        {
            var layout = NodeLayout.Of(Node(new ProfileSpec { Name = "p", Cpus = sample.Cpus, Nic = new NicLayoutSpec { Queues = sample.Queues } }));
            var isolated = CpuSet.Parse(layout.KernelArguments.Single(argument => argument.StartsWith("isolcpus=", StringComparison.Ordinal))["isolcpus=managed_irq,domain,".Length..]);
            var interrupted = CpuSet.Parse(layout.KernelArguments.Single(argument => argument.StartsWith("irqaffinity=", StringComparison.Ordinal))["irqaffinity=".Length..]);
            Assert.Equal(0, isolated.Intersect(layout.ReservedCpus!).Count);
            Assert.Equal(0, isolated.Intersect(interrupted).Count);
            Assert.Equal(layout.ReservedCpus, interrupted);
            Assert.Equal(0, layout.AgentCpus!.Except(interrupted).Count);
            Assert.Equal(sample.Queues == 1 ? 0 : sample.Queues, layout.Sysfs.Keys.Count(key => key.EndsWith("xps_cpus", StringComparison.Ordinal)));
        });

    private static NodeSpec Node(ProfileSpec? profile) => new()
    {
        Name = "w1",
        Address = "10.0.0.21",
        Role = NodeRole.Worker,
        Install = new InstallSpec { Disk = "/dev/sda" },
        Interface = new InterfaceSpec { Name = "enp1s0" },
        Profile = profile?.Name,
        Layout = profile,
    };
}
