namespace Slipway.Core.Spec.Reading;

internal static partial class SpecBuilder
{
    private static Dictionary<string, ProfileSpec> Profiles(SpecValue? value) =>
        (value?.Entries ?? new Dictionary<string, SpecValue>()).ToDictionary(entry => entry.Key, entry => Profile(entry.Key, entry.Value));

    private static ProfileSpec Profile(string name, SpecValue value) => new()
    {
        Name = name,
        Client = ValidatorClients.Named(value.TextOf("client") ?? name),
        InstallerImage = value.TextOf("installer"),
        InstallerArchive = value.TextOf("installerArchive"),
        BootLoader = value.TextOf("bootloader") == "grub" ? BootLoader.Grub : BootLoader.Uki,
        Cpus = value.Find("cpus") is { } cpus ? Cpus(cpus) : null,
        HugePages = new HugePagesSpec
        {
            Gigantic = value.IntegerOf("hugepages", "1Gi") ?? 0,
            Huge = value.IntegerOf("hugepages", "2Mi") ?? 0,
        },
        Nic = value.Find("nic") is { } nic ? Nic(nic) : null,
        KernelArgs = Texts(value.Find("kernelArgs")) ?? [],
        BpfJitHarden = value.IntegerOf("bpfJitHarden"),
    };

    private static CpuLayoutSpec Cpus(SpecValue value)
    {
        var housekeeping = CpuSet.Parse(value.Find("housekeeping")!.Text);
        return new CpuLayoutSpec
        {
            Housekeeping = housekeeping,
            Network = value.TextOf("network") is { } network ? CpuSet.Parse(network) : housekeeping,
            Workload = CpuSet.Parse(value.Find("workload")!.Text),
            NumaNode = value.IntegerOf("numaNode"),
            Isolation = value.TextOf("isolation") switch
            {
                "interrupts" => CpuIsolation.Interrupts,
                "full" => CpuIsolation.Full,
                _ => CpuIsolation.None,
            },
            Tickless = value.BooleanOf("tickless") ?? false,
            Governor = value.TextOf("governor"),
            FrequencyDriver = value.TextOf("frequencyDriver")?.Split('-') is [var vendor, var mode] ? new FrequencyDriver(vendor, mode) : null,
            ShallowIdle = value.BooleanOf("shallowIdle") ?? false,
            WholeCores = value.BooleanOf("wholeCores") ?? false,
        };
    }

    private static NicLayoutSpec Nic(SpecValue value) => new()
    {
        Queues = value.IntegerOf("queues"),
        RxRing = value.IntegerOf("rxRing"),
        TxRing = value.IntegerOf("txRing"),
        Features = (value.Find("features")?.Entries ?? new Dictionary<string, SpecValue>())
            .ToDictionary(entry => entry.Key, entry => entry.Value.BooleanOf() ?? false),
        NapiThreads = value.BooleanOf("napiThreads") ?? false,
    };
}
