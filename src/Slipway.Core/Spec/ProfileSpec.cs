namespace Slipway.Core.Spec;

/// <summary>What nodes of one kind have in common: client, boot, CPUs, memory and NIC. Said once; everything else follows from it.</summary>
public sealed record ProfileSpec
{
    public required string Name { get; init; }

    public ValidatorClient Client { get; init; }

    /// <summary>An installer image of their own, with kernel arguments and extensions in it; null for the cluster's or the image factory's.</summary>
    public string? InstallerImage { get; init; }

    /// <summary>Path of an installer's archive that is sent to them.</summary>
    public string? InstallerArchive { get; init; }

    public BootLoader BootLoader { get; init; } = BootLoader.Uki;

    public CpuLayoutSpec? Cpus { get; init; }

    public HugePagesSpec HugePages { get; init; } = new();

    public NicLayoutSpec? Nic { get; init; }

    /// <summary>Further kernel arguments, each a word of the command line.</summary>
    public IReadOnlyList<string> KernelArgs { get; init; } = [];

    /// <summary>net.core.bpf_jit_harden; null leaves it to Talos, which sets 2.</summary>
    public int? BpfJitHarden { get; init; }
}

/// <summary>How a machine starts Talos, which decides where kernel arguments have to stand.</summary>
public enum BootLoader
{
    /// <summary>systemd-boot on UEFI: the arguments are inside the unified kernel image, and those of the machine config count for nothing.</summary>
    Uki,

    /// <summary>GRUB, on machines that boot by BIOS or were installed by Talos 1.9 or older.</summary>
    Grub,
}

/// <summary>Numbers of huge pages that are set aside at boot.</summary>
public sealed record HugePagesSpec
{
    /// <summary>Of 1 GiB.</summary>
    public int Gigantic { get; init; }

    /// <summary>Of 2 MiB.</summary>
    public int Huge { get; init; }
}
