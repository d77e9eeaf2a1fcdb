namespace Slipway.Core.Spec.Rules;

/// <summary>Every rule; all of them run on every spec.</summary>
internal static class SpecRules
{
    public static IReadOnlyList<ISpecRule> All { get; } =
    [
        new VersionsRule(),
        new InstallerRule(),
        new InstallerArchiveRule(),
        new EndpointRule(),
        new NetworkOverlapRule(),
        new AddressFamiliesRule(),
        new PodRangeSizeRule(),
        new OperatorNetworksRule(),
        new ControlPlaneCountRule(),
        new UniqueNodesRule(),
        new WipeRule(),
        new InterfaceRule(),
        new BondRule(),
        new LabelsRule(),
        new ProfileNamesRule(),
        new CpuLayoutRule(),
        new KernelArgumentsRule(),
        new NicLayoutRule(),
        new HostFirewallRule(),
        new CiliumVersionRule(),
        new XdpHookRule(),
        new FilterExtensionRule(),
    ];
}
