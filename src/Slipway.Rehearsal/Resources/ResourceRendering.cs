using Slipway.Rehearsal.Nodes;

namespace Slipway.Rehearsal.Resources;

/// <summary>Turns a node's state into what its resources say. One file a subject.</summary>
internal static partial class ResourceRendering
{
    public static IEnumerable<ResourceBody> Of(RehearsedNode node, ResourceType type) =>
        Renderers.TryGetValue(type, out var render) ? render(node) : [];

    private static readonly Dictionary<ResourceType, Func<RehearsedNode, IEnumerable<ResourceBody>>> Renderers = new()
    {
        [ResourceTypes.ResourceDefinition] = Definitions,
        [ResourceTypes.Namespace] = _ => ResourceTypes.Namespaces.Select(name => new ResourceBody(name, $"description: \"\"\n")),
        [ResourceTypes.MachineConfig] = MachineConfigs,
        [ResourceTypes.MachineType] = MachineTypes,
        [ResourceTypes.MachineStatus] = MachineStatuses,
        [ResourceTypes.Diagnostic] = Diagnostics,
        [ResourceTypes.KernelParamStatus] = KernelParams,
        [ResourceTypes.KernelCmdline] = KernelCmdlines,
        [ResourceTypes.ExtensionStatus] = Extensions,
        [ResourceTypes.LoadedKernelModule] = KernelModules,
        [ResourceTypes.SecurityState] = SecurityStates,
        [ResourceTypes.BootId] = BootIds,
        [ResourceTypes.UnattendedInstallStatus] = UnattendedInstalls,
        [ResourceTypes.MetaKey] = MetaKeys,
        [ResourceTypes.Version] = Versions,
        [ResourceTypes.Disk] = Disks,
        [ResourceTypes.SystemDisk] = SystemDisks,
        [ResourceTypes.Service] = Services,
        [ResourceTypes.TimeStatus] = TimeStatuses,
        [ResourceTypes.NodeStatus] = NodeStatuses,
        [ResourceTypes.KubePrismStatuses] = KubePrism,
        [ResourceTypes.NfTablesChain] = Chains,
        [ResourceTypes.Nodename] = Nodenames,
        [ResourceTypes.StaticPodStatus] = StaticPods,
        [ResourceTypes.LinkStatus] = Links,
        [ResourceTypes.EthernetStatus] = Ethernets,
        [ResourceTypes.NetworkStatus] = NetworkStatuses,
        [ResourceTypes.HostnameStatus] = Hostnames,
        [ResourceTypes.NodeAddress] = NodeAddresses,
        [ResourceTypes.AddressStatus] = AddressStatuses,
        [ResourceTypes.Processor] = Processors,
        [ResourceTypes.MemoryModule] = MemoryModules,
        [ResourceTypes.SystemInformation] = SystemInformations,
        [ResourceTypes.PciDevice] = PciDevices,
        [ResourceTypes.Member] = Members,
        [ResourceTypes.EtcdMember] = EtcdMembers,
    };

    private static IEnumerable<ResourceBody> Definitions(RehearsedNode node) => ResourceTypes.Of(node.Traits.Version).Select(type => new ResourceBody(
        type.Name.ToLowerInvariant(),
        $"""
        type: {type.Name}
        displayType: {type.Name.Split('.')[0]}
        defaultNamespace: {type.Namespace}
        aliases: [{type.Name.Split('.')[0].ToLowerInvariant()}]
        allAliases: [{type.Name.Split('.')[0].ToLowerInvariant()}]
        sensitivity: "{(type.Sensitive ? "sensitive" : "")}"

        """));

    private static string Bool(bool value) => value ? "true" : "false";

    /// <summary>A JSON string is a YAML double-quoted scalar too.</summary>
    private static string Quote(string text) => System.Text.Json.JsonSerializer.Serialize(text, Relaxed);

    private static readonly System.Text.Json.JsonSerializerOptions Relaxed =
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
