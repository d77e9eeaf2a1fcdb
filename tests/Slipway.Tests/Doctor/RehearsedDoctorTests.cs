using Slipway.Core.Doctor;

namespace Slipway.Tests.Doctor;

/// <summary>Every check against a machine that is well and against one with just that fault, over the true protocol.</summary>
public sealed class RehearsedDoctorTests(SickWard ward) : IClassFixture<SickWard>
{
    /// <summary>Without etcd and a CNI no node is ready; the bench has neither.</summary>
    private const string NotReady = "node.ready";

    [Fact]
    public void A_machine_that_is_well_fails_no_check_and_every_check_has_looked_at_it()
    {
        Assert.Empty(ward.Well.Where(line => line.Outcome is CheckOutcome.Fail or CheckOutcome.Warn && line.Check != NotReady).Select(line => line.ToString()));
        Assert.Equal(NodeChecks.At(CheckMoments.LiveNode).Select(check => check.Id), ward.Well.Select(line => line.Check).Distinct());
        // The bench's workers have a client, and neither a layout nor Kubernetes.
        Assert.Empty(ward.Well.Where(line => line.Outcome == CheckOutcome.NotApplicable && line.Check is not ("cpu.count" or "cpu.layout" or "kubernetes.kubeprism" or "kubernetes.label")).Select(line => line.ToString()));
    }

    [Theory]
    [InlineData("file:/proc/sys/net/core/rmem_max=212992", "kernel.sysctl net.core.rmem_max", CheckOutcome.Fail)]
    [InlineData("file:/run/slipway/xdp/status.json", "xdp.extension agent", CheckOutcome.Fail)]
    [InlineData("file:/proc/sys/net/core/rmem_max", "kernel.sysctl net.core.rmem_max", CheckOutcome.Fail)]
    [InlineData("file:/proc/cmdline=talos.platform=metal slab_nomerge", "kernel.cmdline pti=on", CheckOutcome.Fail)]
    [InlineData("file:/proc/sys/kernel/osrelease=5.15.0", "kernel.version", CheckOutcome.Fail)]
    [InlineData("file:/sys/class/net/enp1s0f0np0/napi_defer_hard_irqs=0", "kernel.sysfs class.net.enp1s0f0np0.napi_defer_hard_irqs", CheckOutcome.Fail)]
    [InlineData("file:/sys/kernel/security/lockdown=none integrity [confidentiality]", "kernel.lockdown", CheckOutcome.Warn)]
    [InlineData("file:/sys/kernel/btf/vmlinux", "bpf.btf", CheckOutcome.Fail)]
    [InlineData("file:/proc/sys/net/core/bpf_jit_enable=0", "bpf.jit enable", CheckOutcome.Fail)]
    [InlineData("file:/proc/mounts=none /sys/fs/bpf bpf rw 0 0", "bpf.mount /sys/fs/cgroup", CheckOutcome.Fail)]
    [InlineData("file:/sys/devices/system/cpu/cpufreq/policy7/scaling_governor=powersave", "cpu.governor", CheckOutcome.Fail)]
    [InlineData("file:/sys/kernel/mm/hugepages/hugepages-2048kB/nr_hugepages=0", "memory.hugepages 2M", CheckOutcome.Warn)]
    [InlineData("file:/sys/class/net/enp1s0f0np0/device/sriov_numvfs=4", "link.sriov enp1s0f0np0", CheckOutcome.Warn)]
    [InlineData("file:/proc/meminfo=MemTotal: 65000000 kB", "hardware.memory", CheckOutcome.Warn)]
    [InlineData("file:/proc/sys/kernel/io_uring_disabled=2", "runtime.seccomp io_uring", CheckOutcome.Fail)]
    [InlineData("file:/etc/cri/conf.d/base-spec.json={\"process\":{\"rlimits\":[]}}", "runtime.limits RLIMIT_NOFILE", CheckOutcome.Fail)]
    [InlineData("file:/var/lib/kubelet/seccomp/profiles/validator.json", "runtime.seccomp validator.json", CheckOutcome.Fail)]
    [InlineData("ail:low-mtu", "link.mtu enp1s0f0np0", CheckOutcome.Fail)]
    [InlineData("ail:slow-link", "link.speed enp1s0f0np0", CheckOutcome.Fail)]
    [InlineData("ail:link-errors", "link.errors enp1s0f0np0", CheckOutcome.Warn)]
    [InlineData("ail:old-driver", "link.xdp enp1s0f0np0", CheckOutcome.Fail)]
    [InlineData("ail:stubborn-nic", "link.ethtool enp1s0f0np0 ring rx", CheckOutcome.Fail)]
    [InlineData("ail:stubborn-nic", "link.ethtool enp1s0f0np0 rx-udp-gro-forwarding", CheckOutcome.Fail)]
    [InlineData("ail:single-queue", "link.queues enp1s0f0np0", CheckOutcome.Fail)]
    [InlineData("ail:clock-off", "time.sync offset", CheckOutcome.Fail)]
    [InlineData("ail:time-unsynced", "time.sync", CheckOutcome.Fail)]
    [InlineData("ail:other-disk", "disk.install", CheckOutcome.Fail)]
    [InlineData("ail:sick-service", "talos.service kubelet", CheckOutcome.Fail)]
    [InlineData("ail:no-extension", "xdp.extension", CheckOutcome.Fail)]
    [InlineData("ail:no-extension", "xdp.extension ext-slipway-xdp", CheckOutcome.Fail)]
    [InlineData("ail:no-extension", "talos.extension ext-nodeagent", CheckOutcome.Fail)]
    [InlineData("ail:weak-cpu", "hardware.cpu sha_ni", CheckOutcome.Fail)]
    [InlineData("ail:no-firewall", "network.firewall", CheckOutcome.Fail)]
    [InlineData("file:/var/lib/kubelet/cpu_manager_state={\"policyName\":\"none\"}", "kubelet.cpumanager", CheckOutcome.Fail)]
    public void A_fault_is_found_by_its_check_with_what_was_expected_and_what_to_do(string fault, string name, CheckOutcome outcome)
    {
        var line = Assert.Single(ward.With(fault), line => line.Name == name);
        var well = Assert.Single(ward.Well, line => line.Name == name);

        Assert.Equal(CheckOutcome.Pass, well.Outcome);
        Assert.True(outcome == line.Outcome, line.ToString());
        Assert.NotEqual(well.Got, line.Got);
        Assert.False(string.IsNullOrWhiteSpace(line.Expected) || string.IsNullOrWhiteSpace(line.Fix) || string.IsNullOrWhiteSpace(line.Why));
    }

    [Fact]
    public void A_fault_changes_no_line_of_a_check_that_it_is_no_business_of()
    {
        string[] related = ["kernel.sysctl net.core.rmem_max", NotReady];
        foreach (var (well, sick) in ward.Well.Zip(ward.With("file:/proc/sys/net/core/rmem_max=212992")).Where(pair => !related.Contains(pair.First.Name)))
        {
            Assert.Equal((well.Name, well.Outcome), (sick.Name, sick.Outcome));
        }
    }
}
