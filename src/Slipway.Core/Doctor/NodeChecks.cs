using Slipway.Core.Doctor.Checks;

namespace Slipway.Core.Doctor;

/// <summary>All that is looked at on a node, in the order in which it is told. The preflight of a run is the same list.</summary>
public static class NodeChecks
{
    public static IReadOnlyList<NodeCheck> All { get; } =
    [
        new IdentityCheck(),
        new StageCheck(),
        new ConfigCheck(),
        new TalosVersionCheck(),
        new ServicesCheck(),
        new ExtensionsCheck(),
        new TimeCheck(),
        new BootIdCheck(),
        new KernelVersionCheck(),
        new CmdlineCheck(),
        new SysctlCheck(),
        new SysfsCheck(),
        new LockdownCheck(),
        new BtfCheck(),
        new JitCheck(),
        new MountsCheck(),
        new ProcessorCheck(),
        new CpuCountCheck(),
        new CpuLayoutCheck(),
        new GovernorCheck(),
        new NumaCheck(),
        new MemoryCheck(),
        new HugepagesCheck(),
        new InstallDiskCheck(),
        new InterfaceCheck(),
        new LinkMtuCheck(),
        new LinkSpeedCheck(),
        new LinkErrorsCheck(),
        new EthernetCheck(),
        new QueuesCheck(),
        new SriovCheck(),
        new LinkXdpCheck(),
        new ExtensionCheck(),
        new SeccompCheck(),
        new LimitsCheck(),
        new CpuManagerCheck(),
        new KubePrismCheck(),
        new LabelsCheck(),
        new FirewallCheck(),
    ];

    public static IEnumerable<NodeCheck> At(CheckMoments moment) => All.Where(check => (check.Moments & moment) != 0);

    /// <summary>Every line of every check that has something to say at the subject's moment; no check stops another.</summary>
    public static IReadOnlyList<CheckLine> Run(NodeSubject subject) => [.. At(subject.Moment).SelectMany(check => check.Look(subject))];
}
