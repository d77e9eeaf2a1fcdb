using Slipway.Core.Spec;

namespace Slipway.Tests.MachineConfig.Rendering;

/// <summary>A profile that says something of everything.</summary>
internal static class FullProfile
{
    public static ProfileSpec Firedancer { get; } = new()
    {
        Name = "epyc",
        Client = ValidatorClient.Firedancer,
        Cpus = new CpuLayoutSpec
        {
            Housekeeping = CpuSet.Parse("0-1"),
            Network = CpuSet.Parse("2-3"),
            Workload = CpuSet.Parse("4-31"),
            NumaNode = 0,
            Isolation = CpuIsolation.Full,
            Governor = "performance",
            WholeCores = true,
        },
        HugePages = new HugePagesSpec { Gigantic = 28, Huge = 128 },
        Nic = new NicLayoutSpec
        {
            Queues = 2,
            RxRing = 4096,
            TxRing = 1024,
            Features = new Dictionary<string, bool> { ["rx-gro-hw"] = false },
            NapiThreads = true,
        },
        KernelArgs = ["iommu.passthrough=1"],
        BpfJitHarden = 1,
    };
}
