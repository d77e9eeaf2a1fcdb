namespace Slipway.Talos.Cosi;

/// <summary>Resource types that Slipway reads (Talos: pkg/machinery/resources).</summary>
public static class CosiKinds
{
    /// <summary>Ids: <c>v1alpha1</c> is active, <c>persistent</c> (since 1.10) is on disk. Administrators only.</summary>
    public static CosiKind MachineConfig { get; } = new("config", "MachineConfigs.config.talos.dev");

    public static CosiKind MachineType { get; } = new("config", "MachineTypes.config.talos.dev", "machine-type");

    public static CosiKind MachineStatus { get; } = new("runtime", "MachineStatuses.runtime.talos.dev", "machine");

    public static CosiKind Version { get; } = new("runtime", "Versions.runtime.talos.dev", "version");

    /// <summary>Since 1.14.</summary>
    public static CosiKind BootId { get; } = new("runtime", "BootIDs.runtime.talos.dev", "boot-id");

    /// <summary>Since 1.14.</summary>
    public static CosiKind UnattendedInstallStatus { get; } = new("runtime", "UnattendedInstallStatuses.runtime.talos.dev", "unattended-install");

    public static CosiKind ExtensionStatus { get; } = new("runtime", "ExtensionStatuses.runtime.talos.dev");

    /// <summary>Since 1.11.</summary>
    public static CosiKind KernelCmdline { get; } = new("runtime", "KernelCmdlines.runtime.talos.dev", "cmdline");

    public static CosiKind SecurityState { get; } = new("runtime", "SecurityStates.talos.dev", "securitystate");

    public static CosiKind KernelParamStatus { get; } = new("runtime", "KernelParamStatuses.runtime.talos.dev");

    public static CosiKind Diagnostic { get; } = new("runtime", "Diagnostics.runtime.talos.dev");

    public static CosiKind Service { get; } = new("runtime", "Services.v1alpha1.talos.dev");

    public static CosiKind TimeStatus { get; } = new("runtime", "TimeStatuses.v1alpha1.talos.dev", "node");

    public static CosiKind Disk { get; } = new("runtime", "Disks.block.talos.dev");

    public static CosiKind SystemDisk { get; } = new("runtime", "SystemDisks.block.talos.dev", "system-disk");

    /// <summary>Sockets, by SMBIOS.</summary>
    public static CosiKind Processor { get; } = new("hardware", "Processors.hardware.talos.dev");

    public static CosiKind SystemInformation { get; } = new("hardware", "SystemInformations.hardware.talos.dev", "systeminformation");

    public static CosiKind LinkStatus { get; } = new("network", "LinkStatuses.net.talos.dev");

    public static CosiKind AddressStatus { get; } = new("network", "AddressStatuses.net.talos.dev");

    /// <summary>Ids: <c>default</c>, <c>current</c>, <c>routed</c> and others.</summary>
    public static CosiKind NodeAddress { get; } = new("network", "NodeAddresses.net.talos.dev");

    public static CosiKind Hostname { get; } = new("network", "HostnameStatuses.net.talos.dev", "hostname");

    /// <summary>Since 1.10.</summary>
    public static CosiKind EthernetStatus { get; } = new("network", "EthernetStatuses.net.talos.dev");

    public static CosiKind EtcdMember { get; } = new("etcd", "EtcdMembers.etcd.talos.dev", "local");

    public static CosiKind NodeStatus { get; } = new("k8s", "NodeStatuses.kubernetes.talos.dev");

    public static CosiKind KubePrismStatuses { get; } = new("k8s", "KubePrismStatuses.kubernetes.talos.dev", "k8s-loadbalancer");

    public static CosiKind NfTablesChain { get; } = new("network", "NfTablesChains.net.talos.dev");

    public static CosiKind StaticPodStatus { get; } = new("k8s", "StaticPodStatuses.kubernetes.talos.dev");
}
