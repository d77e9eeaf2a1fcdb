using Slipway.Core.Doctor;
using Slipway.Core.Planning;
using Slipway.Core.Spec;
using Slipway.Core.Versions;

namespace Slipway.Tests.Doctor;

/// <summary>What a rehearsed machine does not come by: odd hardware, low roles, nodes without a spec.</summary>
public sealed class NodeChecksTests
{
    [Fact]
    public void Every_check_has_an_id_of_its_own_a_reason_and_something_to_say_about_any_running_node()
    {
        Assert.Equal(NodeChecks.All.Count, NodeChecks.All.Select(check => check.Id).Distinct().Count());
        Assert.All(NodeChecks.All, check => Assert.False(string.IsNullOrWhiteSpace(check.Why)));
        var subject = Subjects.Worker(profile: null);
        Assert.Equal(NodeChecks.At(CheckMoments.LiveNode).Select(check => check.Id), NodeChecks.Run(subject).Select(line => line.Check).Distinct());
    }

    [Fact]
    public void Whoever_may_not_read_files_is_told_so_and_is_told_of_no_failure()
    {
        const string problem = "only administrators (os:admin) may read files";
        var subject = Subjects.Worker();
        foreach (var path in NodeChecks.At(CheckMoments.LiveNode).SelectMany(check => check.Files(subject)))
        {
            subject = subject.WithFile(path, FileContent.Unreadable(problem));
        }

        var of = NodeChecks.At(CheckMoments.LiveNode).Where(check => check.Files(subject).Any()).Select(check => check.Id).ToHashSet();
        var lines = NodeChecks.Run(subject).Where(line => of.Contains(line.Check)).ToList();
        Assert.Contains(lines, line => line.Reason?.Contains(problem, StringComparison.Ordinal) == true);
        Assert.DoesNotContain(lines, line => line.Outcome == CheckOutcome.Fail);
    }

    [Fact]
    public void Mtu_is_judged_on_the_vlan_on_its_bond_and_on_every_member()
    {
        var address = Subjects.Worker().Node.Address;
        var subject = Subjects.Worker(links:
        [
            Subjects.Over("vlan", "bond0.7", address, 9000, index: 5, parent: 4),
            Subjects.Over("bond", "bond0", null, 9000, index: 4),
            Subjects.Nic("eth0", null, 9000, index: 2, master: 4),
            Subjects.Nic("eth1", null, 1500, index: 3, master: 4),
            Subjects.Nic("eth2", null, 1500, index: 6),
        ]).Intending("{apiVersion: v1alpha1, kind: BondConfig, name: bond0, mtu: 9000}");

        var lines = subject.Lines("link.mtu");

        Assert.Equal(["bond0.7", "bond0", "eth0", "eth1"], lines.Select(line => line.Of));
        Assert.Equal([CheckOutcome.Pass, CheckOutcome.Pass, CheckOutcome.Pass, CheckOutcome.Fail], lines.Select(line => line.Outcome));
    }

    [Theory]
    [InlineData(9000, CheckOutcome.Pass)]
    [InlineData(1500, CheckOutcome.Warn)]
    public void Ciliums_own_link_is_a_hop_too(int mtu, CheckOutcome outcome)
    {
        var subject = Subjects.Worker();
        subject = subject with { Seen = subject.Seen with { Links = [.. subject.Seen.Links, Subjects.Over("veth", "cilium_host", null, mtu, index: 9)] } };

        Assert.Equal(outcome, subject.Line("link.mtu", "cilium_host").Outcome);
    }

    [Theory]
    [InlineData("mlx5_core", 9000, CheckOutcome.Pass, "several pieces")]
    [InlineData("ice", 1500, CheckOutcome.Pass, "one piece")]
    [InlineData("ixgbe", 3000, CheckOutcome.Pass, "one piece")]
    [InlineData("ixgbe", 9000, CheckOutcome.Fail, "at most MTU 3050")]
    [InlineData("ena", 9000, CheckOutcome.Fail, "at most MTU 3498")]
    [InlineData("igc", 1500, CheckOutcome.Pass, "one piece")]
    [InlineData("i40e", 9000, CheckOutcome.Warn, "faulty")]
    [InlineData("r8169", 1500, CheckOutcome.Warn, "no native XDP")]
    public void A_driver_is_judged_by_what_it_can_do_at_the_wanted_mtu(string driver, int mtu, CheckOutcome outcome, string got)
    {
        var subject = Subjects.Worker("firedancer");
        var line = (subject with
        {
            Spec = subject.Spec! with { Network = subject.Spec.Network with { Mtu = mtu } },
            Seen = subject.Seen with { Links = [Subjects.Nic("eth0", subject.Node.Address, mtu, driver: driver)] },
        }).Line("link.xdp", "eth0");

        Assert.Equal(outcome, line.Outcome);
        Assert.Contains(got, line.Got, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_only_the_filter_wants_xdp_a_poor_driver_is_a_warning_for_it_has_a_way_round()
    {
        var subject = Subjects.Worker(links: Subjects.Nic("eth0", null, 9000, driver: "ixgbe"));
        subject = subject with { Spec = subject.Spec! with { Xdp = new XdpSpec { Mode = XdpMode.Enforce } } };

        Assert.Equal(CheckOutcome.Warn, subject.Line("link.xdp", "eth0").Outcome);
        Assert.Equal(CheckOutcome.NotApplicable, (subject with { Node = subject.Node with { Profile = null } }).Line("link.xdp").Outcome);
    }

    [Theory]
    [InlineData("4096 87380 16777216", "4096\t87380\t16777216", CheckOutcome.Pass)]
    [InlineData("1", "0", CheckOutcome.Fail)]
    public void A_sysctl_of_several_numbers_is_compared_number_by_number(string wanted, string found, CheckOutcome outcome)
    {
        var subject = Subjects.Worker().Intending($"machine: {{sysctls: {{net.ipv4.tcp_rmem: \"{wanted}\"}}}}").WithFile("/proc/sys/net/ipv4/tcp_rmem", FileContent.Of(found + "\n"));

        Assert.Equal(outcome, subject.Line("kernel.sysctl", "net.ipv4.tcp_rmem").Outcome);
    }

    [Theory]
    [InlineData("ff", "00000000,000000ff", CheckOutcome.Pass)]
    [InlineData("performance", "performance", CheckOutcome.Pass)]
    [InlineData("never", "always madvise [never]", CheckOutcome.Pass)]
    [InlineData("f0", "0000000f", CheckOutcome.Fail)]
    public void A_setting_under_sys_may_come_back_spelt_otherwise(string wanted, string found, CheckOutcome outcome)
    {
        var subject = Subjects.Worker().Intending($"machine: {{sysfs: {{a.b: \"{wanted}\"}}}}").WithFile("/sys/a/b", FileContent.Of(found));

        Assert.Equal(outcome, subject.Line("kernel.sysfs", "a.b").Outcome);
    }

    [Fact]
    public void A_feature_that_the_kernel_does_not_have_is_as_good_as_one_that_is_switched_off()
    {
        var subject = Subjects.Worker().Intending("machine: {sysctls: {kernel.numa_balancing: \"0\"}}").WithFile("/proc/sys/kernel/numa_balancing", FileContent.Absent);

        Assert.Equal(CheckOutcome.Pass, subject.Line("kernel.sysctl", "kernel.numa_balancing").Outcome);
    }

    [Fact]
    public void Arguments_that_did_not_arrive_are_named_with_the_way_that_the_node_boots()
    {
        var subject = Subjects.Worker().Intending("machine: {install: {extraKernelArgs: [isolcpus=2-7, hugepages=4, -quiet]}}")
            .WithFile("/proc/cmdline", FileContent.Of("pti=on slab_nomerge isolcpus=2-3 quiet"));
        subject = subject with { Detail = subject.Detail with { Security = new SecurityObservation(false, true) } };

        Assert.Equal(("isolcpus=2-7", "isolcpus=2-3"), (subject.Line("kernel.cmdline", "isolcpus").Expected, subject.Line("kernel.cmdline", "isolcpus").Got));
        Assert.Equal("not there", subject.Line("kernel.cmdline", "hugepages").Got);
        Assert.Equal(CheckOutcome.Fail, subject.Line("kernel.cmdline", "quiet").Outcome);
        Assert.Contains("UKI", subject.Line("kernel.cmdline", "isolcpus").Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void Huge_pages_are_counted_by_the_size_that_stands_before_them()
    {
        var subject = Subjects.Worker().Intending("machine: {install: {extraKernelArgs: [hugepagesz=1G, hugepages=28, hugepagesz=2M, hugepages=512]}}")
            .WithFile("/sys/kernel/mm/hugepages/hugepages-1048576kB/nr_hugepages", FileContent.Of("28"))
            .WithFile("/sys/kernel/mm/hugepages/hugepages-2048kB/nr_hugepages", FileContent.Of("500"));

        Assert.Equal(CheckOutcome.Pass, subject.Line("memory.hugepages", "1G").Outcome);
        Assert.Equal(("512", "500", CheckOutcome.Fail), (subject.Line("memory.hugepages", "2M").Expected, subject.Line("memory.hugepages", "2M").Got, subject.Line("memory.hugepages", "2M").Outcome));
    }

    [Theory]
    [InlineData(16, CheckOutcome.Pass)]
    [InlineData(8, CheckOutcome.Fail)]
    [InlineData(null, CheckOutcome.NotApplicable)]
    public void A_blank_machine_has_every_CPU_of_its_profile(int? threads, CheckOutcome outcome)
    {
        var subject = Subjects.Worker();
        subject = subject with
        {
            Moment = CheckMoments.BlankMachine,
            Node = subject.Node with
            {
                Layout = new ProfileSpec
                {
                    Name = "p",
                    Cpus = new CpuLayoutSpec { Housekeeping = CpuSet.Parse("0-3"), Network = CpuSet.Parse("0-3"), Workload = CpuSet.Parse("4-15") },
                },
            },
            Seen = subject.Seen with { Threads = threads },
        };

        Assert.Equal(outcome, subject.Line("cpu.count").Outcome);
    }

    [Theory]
    [InlineData(CheckMoments.BlankMachine, "1.12.1", CheckOutcome.Fail)]
    [InlineData(CheckMoments.BlankMachine, "1.14.0", CheckOutcome.Warn)]
    [InlineData(CheckMoments.BlankMachine, "1.13.1", CheckOutcome.Pass)]
    [InlineData(CheckMoments.BeforeChange, "1.12.1", CheckOutcome.Pass)]
    [InlineData(CheckMoments.LiveNode, "1.13.1", CheckOutcome.Warn)]
    [InlineData(CheckMoments.LiveNode, "1.13.9", CheckOutcome.Pass)]
    [InlineData(CheckMoments.Always, "1.9.4", CheckOutcome.Fail)]
    public void A_blank_machine_must_know_the_dialect_of_its_config(CheckMoments moment, string talos, CheckOutcome outcome)
    {
        var subject = Subjects.Worker();
        subject = subject with { Moment = moment, Seen = subject.Seen with { Talos = ReleaseVersion.Parse(talos) } };

        Assert.Equal(outcome, subject.Line("talos.version").Outcome);
    }

    [Fact]
    public void A_run_asks_a_node_for_nothing_more_where_no_profile_divides_its_CPUs()
    {
        var blank = NodeChecks.At(CheckMoments.BlankMachine).ToList();

        Assert.NotEmpty(blank);
        foreach (var moment in (CheckMoments[])[CheckMoments.BlankMachine, CheckMoments.BeforeChange, CheckMoments.AfterInstall])
        {
            // Without a layout there is nothing to ask for: a run of many nodes is not slowed down by it.
            var subject = Subjects.Worker() with { Moment = moment };
            Assert.All(NodeChecks.At(moment), check => Assert.Empty(check.Files(subject).Concat(check.Folders(subject))));
        }
    }

    [Theory]
    [InlineData("0-63", "8-15", "1", CheckOutcome.Pass, CheckOutcome.Pass, CheckOutcome.Pass)]
    [InlineData("0-11", "", "0", CheckOutcome.Fail, CheckOutcome.Fail, CheckOutcome.Fail)]
    public void The_cpus_of_a_layout_must_be_there_isolated_and_near_the_nic(string online, string isolated, string numa, CheckOutcome there, CheckOutcome alone, CheckOutcome near)
    {
        var layout = new ProfileSpec
        {
            Name = "validator",
            Client = ValidatorClient.Firedancer,
            Cpus = new CpuLayoutSpec { Housekeeping = CpuSet.Parse("0-3"), Network = CpuSet.Parse("4-7"), Workload = CpuSet.Parse("8-15"), Isolation = CpuIsolation.Full, NumaNode = 1 },
        };
        var subject = Subjects.Worker()
            .WithFile("/sys/devices/system/cpu/online", FileContent.Of(online))
            .WithFile("/sys/devices/system/cpu/isolated", FileContent.Of(isolated))
            .WithFile("/sys/devices/system/node/online", FileContent.Of("0-1"))
            .WithFile("/sys/class/net/eth0/device/numa_node", FileContent.Of(numa));
        subject = subject with { Node = subject.Node with { Layout = layout } };

        Assert.Equal((there, alone), (subject.Line("cpu.layout", "online").Outcome, subject.Line("cpu.layout", "isolated").Outcome));
        Assert.Equal(near, subject.Line("hardware.numa", "eth0").Outcome);
    }

    [Fact]
    public void A_node_without_a_spec_is_judged_by_its_own_config()
    {
        var subject = Subjects.Worker(profile: null) with { Spec = null };
        subject = (subject with { Node = subject.Node with { Install = new InstallSpec(), Identity = new NodeIdentity() } })
            .Intending("{apiVersion: v1alpha1, kind: LinkConfig, name: eth0, mtu: 1400}");

        Assert.Equal(CheckOutcome.Fail, subject.Line("link.mtu", "eth0").Outcome);
        Assert.Equal(CheckOutcome.NotApplicable, subject.Line("disk.install").Outcome);
        Assert.Equal(CheckOutcome.NotApplicable, subject.Line("node.config").Outcome);
        Assert.Equal(CheckOutcome.Pass, subject.Line("talos.version").Outcome);
    }

    [Fact]
    public void A_node_without_a_spec_is_a_validators_by_its_label_and_filtered_by_the_service_that_it_configures()
    {
        var subject = (Subjects.Worker(profile: null) with { Spec = null }).Intending("""
            machine: {nodeLabels: {slipway/role: validator}}
            ---
            {apiVersion: v1alpha1, kind: ExtensionServiceConfig, name: slipway-xdp}
            """);

        Assert.Equal((true, true), (subject.IsValidator, subject.WantsFilter));
        Assert.Equal(CheckOutcome.Fail, subject.Line("xdp.extension").Outcome);
        Assert.Equal((false, false), (subject.Intending("machine: {type: worker}").IsValidator, subject.Intending("machine: {type: worker}").WantsFilter));
    }

    [Fact]
    public void A_disk_that_is_read_only_or_too_small_cannot_be_installed_on()
    {
        var subject = Subjects.Worker() with { Moment = CheckMoments.BlankMachine };
        var serial = subject.Node.Install.Serial;

        Assert.Equal(CheckOutcome.Fail, WithDisk(true, 500_000_000_000).Line("disk.install").Outcome);
        Assert.Equal(CheckOutcome.Fail, WithDisk(false, 8_000_000_000).Line("disk.install").Outcome);
        Assert.Equal(CheckOutcome.Pass, WithDisk(false, 500_000_000_000).Line("disk.install").Outcome);

        NodeSubject WithDisk(bool readOnly, ulong size) => subject with { Seen = subject.Seen with { Disks = [new DiskObservation("/dev/sda", serial, null, null, size, false, readOnly)] } };
    }
}
