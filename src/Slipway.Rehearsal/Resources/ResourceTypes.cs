using System.Collections.Frozen;
using Slipway.Core.Versions;

namespace Slipway.Rehearsal.Resources;

/// <summary>The resources that rehearsed nodes know (Talos pkg/machinery/resources).</summary>
internal static class ResourceTypes
{
    public static readonly ResourceType ResourceDefinition = new("ResourceDefinitions.meta.cosi.dev", "meta");
    public static readonly ResourceType Namespace = new("Namespaces.meta.cosi.dev", "meta");
    public static readonly ResourceType MachineConfig = new("MachineConfigs.config.talos.dev", "config", Sensitive: true);
    public static readonly ResourceType MachineType = new("MachineTypes.config.talos.dev", "config");
    public static readonly ResourceType MachineStatus = new("MachineStatuses.runtime.talos.dev", "runtime");
    public static readonly ResourceType Diagnostic = new("Diagnostics.runtime.talos.dev", "runtime");
    public static readonly ResourceType KernelParamStatus = new("KernelParamStatuses.runtime.talos.dev", "runtime");
    public static readonly ResourceType KernelCmdline = new("KernelCmdlines.runtime.talos.dev", "runtime", Since: 11);
    public static readonly ResourceType ExtensionStatus = new("ExtensionStatuses.runtime.talos.dev", "runtime");
    public static readonly ResourceType LoadedKernelModule = new("LoadedKernelModules.runtime.talos.dev", "runtime");
    public static readonly ResourceType SecurityState = new("SecurityStates.talos.dev", "runtime");
    public static readonly ResourceType BootId = new("BootIDs.runtime.talos.dev", "runtime", Since: 14);
    public static readonly ResourceType UnattendedInstallStatus = new("UnattendedInstallStatuses.runtime.talos.dev", "runtime", Since: 14);
    public static readonly ResourceType MetaKey = new("MetaKeys.runtime.talos.dev", "runtime");
    public static readonly ResourceType Version = new("Versions.runtime.talos.dev", "runtime");
    public static readonly ResourceType Disk = new("Disks.block.talos.dev", "runtime");
    public static readonly ResourceType SystemDisk = new("SystemDisks.block.talos.dev", "runtime");
    public static readonly ResourceType Service = new("Services.v1alpha1.talos.dev", "runtime");
    public static readonly ResourceType TimeStatus = new("TimeStatuses.v1alpha1.talos.dev", "runtime");
    public static readonly ResourceType NodeStatus = new("NodeStatuses.kubernetes.talos.dev", "k8s");
    public static readonly ResourceType Nodename = new("Nodenames.kubernetes.talos.dev", "k8s");
    public static readonly ResourceType KubePrismStatuses = new("KubePrismStatuses.kubernetes.talos.dev", "k8s");
    public static readonly ResourceType NfTablesChain = new("NfTablesChains.net.talos.dev", "network");
    public static readonly ResourceType StaticPodStatus = new("StaticPodStatuses.kubernetes.talos.dev", "k8s");
    public static readonly ResourceType LinkStatus = new("LinkStatuses.net.talos.dev", "network");
    public static readonly ResourceType EthernetStatus = new("EthernetStatuses.net.talos.dev", "network", Since: 10);
    public static readonly ResourceType NetworkStatus = new("NetworkStatuses.net.talos.dev", "network");
    public static readonly ResourceType HostnameStatus = new("HostnameStatuses.net.talos.dev", "network");
    public static readonly ResourceType NodeAddress = new("NodeAddresses.net.talos.dev", "network");
    public static readonly ResourceType AddressStatus = new("AddressStatuses.net.talos.dev", "network");
    public static readonly ResourceType Processor = new("Processors.hardware.talos.dev", "hardware");
    public static readonly ResourceType MemoryModule = new("MemoryModules.hardware.talos.dev", "hardware");
    public static readonly ResourceType SystemInformation = new("SystemInformations.hardware.talos.dev", "hardware");
    public static readonly ResourceType PciDevice = new("PCIDevices.hardware.talos.dev", "hardware");
    public static readonly ResourceType Member = new("Members.cluster.talos.dev", "cluster");
    public static readonly ResourceType EtcdMember = new("EtcdMembers.etcd.talos.dev", "etcd");

    private static readonly FrozenDictionary<string, ResourceType> ByName = new[]
    {
        ResourceDefinition, Namespace, MachineConfig, MachineType, MachineStatus, Diagnostic, KernelParamStatus, KernelCmdline, ExtensionStatus,
        LoadedKernelModule, SecurityState, BootId, UnattendedInstallStatus, MetaKey, Version, Disk, SystemDisk, Service, TimeStatus, NodeStatus,
        Nodename, StaticPodStatus, LinkStatus, EthernetStatus, NetworkStatus, HostnameStatus, NodeAddress, AddressStatus, Processor, MemoryModule,
        SystemInformation, PciDevice, Member, EtcdMember, KubePrismStatuses, NfTablesChain,
    }.ToFrozenDictionary(type => type.Name);

    public static readonly IReadOnlyList<string> Namespaces = ["cluster", "config", "etcd", "hardware", "k8s", "meta", "network", "runtime", "secrets"];

    /// <summary>Null for what the version does not know.</summary>
    public static ResourceType? Find(string name, ReleaseVersion talos) =>
        ByName.TryGetValue(name, out var type) && talos.IsAtLeast(1, type.Since) ? type : null;

    public static IEnumerable<ResourceType> Of(ReleaseVersion talos) =>
        ByName.Values.Where(type => talos.IsAtLeast(1, type.Since)).OrderBy(type => type.Name, StringComparer.Ordinal);
}
