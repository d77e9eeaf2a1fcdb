using Slipway.Core.Spec.Formats;
using Slipway.Core.Spec.Shapes;

namespace Slipway.Core.Spec;

internal static partial class ClusterShape
{
    private static MappingShape Profile() => new(
        new KeyShape("client", new ChoiceShape(ValidatorClients.Names), "The Solana client; sysctls, limits and the seccomp profile follow from it. The default is the client that the profile is called after, else none."),
        new KeyShape("installer", new TextShape(MiscFormats.Image), "An installer image for these nodes, with their kernel arguments and extensions in it; the default is talos.installer, or one from the image factory."),
        new KeyShape("installerArchive", new TextShape(MiscFormats.Path), "Archive of an installer image for these nodes, sent to them through the Talos API: no registry is asked for it. Talos 1.13 and later."),
        new KeyShape("bootloader", new ChoiceShape("uki", "grub"), "How these machines start Talos. uki (UEFI): kernel arguments live in the installer image. grub (BIOS, or installed before Talos 1.10): up to Talos 1.11 they come from the machine config.", Default: "\"uki\""),
        new KeyShape("cpus", Cpus(), "Which CPUs do what. Kernel arguments, kubelet's reservation, packet steering and the XDP agent's CPUs all follow from it."),
        new KeyShape("hugepages", HugePages(), "Huge pages that are set aside at boot."),
        new KeyShape("nic", Nic(), "How the node's main NIC is set; needs nodes that name their interface."),
        new KeyShape("kernelArgs", new ListShape(new TextShape(LayoutFormats.KernelArgument)), "Further kernel arguments, besides those that follow from the layout.", Default: "[]"),
        new KeyShape("bpfJitHarden", new IntegerShape(0, 2), "net.core.bpf_jit_harden. Talos sets 2, which blinds constants in every BPF program and slows XDP down; 1 blinds only what unprivileged users load, which Talos forbids anyway."));

    private static MappingShape Cpus() => new(
        new KeyShape("housekeeping", CpuList(), "For the kernel, kubelet and all pods without CPUs of their own. CPU 0 should be one of them.", Required: true),
        new KeyShape("network", CpuList(), "For the NIC's interrupts, packet processing and the XDP agent; the default is the housekeeping CPUs."),
        new KeyShape("workload", CpuList(), "For pods with whole CPUs of their own: the validator.", Required: true),
        new KeyShape("numaNode", new IntegerShape(0, 63), "The NUMA node that NIC, network and workload CPUs are on. Pods then get CPUs and memory of one node only."),
        new KeyShape("isolation", new ChoiceShape("none", "interrupts", "full"), "none; interrupts (isolcpus=managed_irq on the workload CPUs); full (and out of the scheduler's balance: only for clients that pin every thread, as Firedancer does).", Default: "\"none\""),
        new KeyShape("tickless", new BooleanShape(), "nohz_full and rcu_nocbs on the workload CPUs. Talos' own kernel is built without both; only an installer with a kernel of your own can have them.", Default: "false"),
        new KeyShape("governor", new ChoiceShape("performance", "schedutil", "powersave"), "The frequency governor from boot on; Talos' default is schedutil."),
        new KeyShape("frequencyDriver", new ChoiceShape("amd-active", "amd-guided", "amd-passive", "intel-active", "intel-passive"), "Mode of amd_pstate or intel_pstate."),
        new KeyShape("shallowIdle", new BooleanShape(), "Keep idle CPUs in C1: they wake faster and draw more power.", Default: "false"),
        new KeyShape("wholeCores", new BooleanShape(), "Pods get whole cores only, never one of two siblings; they must then ask for multiples of that.", Default: "false"));

    private static MappingShape HugePages() => new(
        new KeyShape("1Gi", new IntegerShape(0, 4096), "Pages of 1 GiB.", Default: "0"),
        new KeyShape("2Mi", new IntegerShape(0, 2_097_152), "Pages of 2 MiB.", Default: "0"));

    private static MappingShape Nic() => new(
        new KeyShape("queues", new IntegerShape(1, 256), "Combined RX/TX queues; 1 for a NIC that has but one."),
        new KeyShape("rxRing", new IntegerShape(64, 32768), "Descriptors of each RX ring."),
        new KeyShape("txRing", new IntegerShape(64, 32768), "Descriptors of each TX ring."),
        new KeyShape("features", new MapShape(LayoutFormats.Feature, new BooleanShape()), "Offloads, by the names of 'ethtool -k', on (true) or off (false).", Default: "{}"),
        new KeyShape("napiThreads", new BooleanShape(), "Process packets in kernel threads, which the XDP agent can pin, instead of in interrupts.", Default: "false"));

    private static TextShape CpuList() => new(LayoutFormats.Cpus, AnyScalar: true);
}
