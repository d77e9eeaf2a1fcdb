using Slipway.Core.Doctor;
using Slipway.Core.Installers;
using Slipway.Core.MachineConfig;
using Slipway.Core.MachineConfig.Rendering;
using Slipway.Core.Spec;
using Slipway.Core.Versions;
using Slipway.Tests.Architecture;
using Slipway.Tests.Doctor;
using Slipway.Tests.MachineConfig.Rendering;

namespace Slipway.Tests.Traps;

/// <summary>What the kernel does in spite of what the config says.</summary>
public sealed class KernelTraps
{
    [Theory, Trap(14)]
    [InlineData("1.12.11")]
    [InlineData("1.13.9")]
    [InlineData("1.14.0")]
    public void Trap_14_kernel_arguments_go_into_the_installer_and_proc_cmdline_tells_whether_they_arrived(string talos)
    {
        var request = Rendered.Request(talos, NodeRole.Worker, node => node with { Layout = new ProfileSpec { Name = "quiet", KernelArgs = ["isolcpus=2-7"] } });
        var image = NodeImage.Of(request.Spec, request.Node);
        var config = new Rendered(NodeRenderer.Render(request));
        Assert.Contains("isolcpus=2-7", image.Schematic!.KernelArguments);
        Assert.Contains(image.Reference, config.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("extraKernelArgs", config.Text, StringComparison.Ordinal);
        Assert.NotEmpty(ConfigValidator.Validate("c", "machine: {install: {extraKernelArgs: [a], grubUseUKICmdline: true}}", ReleaseVersion.Parse(talos)));

        var subject = Subjects.Worker() with { Intent = NodeIntent.Nothing with { KernelArguments = ["isolcpus=2-7"] } };
        Assert.Equal(CheckOutcome.Fail, subject.WithFile("/proc/cmdline", FileContent.Of("pti=on slab_nomerge")).Line("kernel.cmdline", "isolcpus").Outcome);
        Assert.Equal(CheckOutcome.Pass, subject.WithFile("/proc/cmdline", FileContent.Of("pti=on slab_nomerge isolcpus=2-7")).Line("kernel.cmdline", "isolcpus").Outcome);
    }

    [Fact, Trap(22)]
    public void Trap_22_what_was_set_is_read_back_from_the_kernel_and_the_NIC()
    {
        var subject = Subjects.Worker().Intending("machine: {sysctls: {vm.max_map_count: '1000000'}}\n---\n{apiVersion: v1alpha1, kind: EthernetConfig, name: eth0, rings: {rx: 4096}}");
        Assert.Equal(CheckOutcome.Fail, Assert.Single(subject.WithFile("/proc/sys/vm/max_map_count", FileContent.Of("65530")).Lines("kernel.sysctl")).Outcome);
        Assert.All(subject.Lines("link.ethtool"), line => Assert.Equal(CheckOutcome.Fail, line.Outcome));

        // The resource that tells what was written is known by name and asked by nobody.
        var sources = Path.Combine(SourceTree.Root, "src");
        Assert.DoesNotContain(SourceTree.Files(sources), file => File.ReadAllText(Path.Combine(sources, file)).Contains("CosiKinds.KernelParamStatus", StringComparison.Ordinal));
    }

    [Fact, Trap(26)]
    public void Trap_26_hardened_BPF_is_told_to_whoever_wants_XDP_and_never_softened_unasked()
    {
        var wants = Subjects.Worker("firedancer");
        Assert.NotEqual(CheckOutcome.Pass, wants.WithFile("/proc/sys/net/core/bpf_jit_harden", FileContent.Of("2")).Line("bpf.jit", "harden").Outcome);
        Assert.Equal(CheckOutcome.Warn, wants.WithFile("/sys/kernel/security/lockdown", FileContent.Of("none integrity [confidentiality]")).Line("kernel.lockdown").Outcome);

        foreach (var talos in (string[])["1.10.9", "1.14.0"])
        {
            var config = new Rendered(NodeRenderer.Render(Rendered.Request(talos, NodeRole.Worker, node => node with { Profile = "firedancer" }))).Text;
            Assert.DoesNotContain("bpf_jit_harden", config, StringComparison.Ordinal);
            Assert.DoesNotContain("unprivileged_bpf_disabled", config, StringComparison.Ordinal);
        }
    }
}
