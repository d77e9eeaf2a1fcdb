using Slipway.Core.Doctor;
using Slipway.Core.Secrets;
using Slipway.Core.Versions;

namespace Slipway.Talos.Cosi;

/// <summary>Typed reading of the resources that an observation consists of. What a node or version does not have is null.</summary>
public sealed class NodeFacts(ResourceState state)
{
    public async Task<MachineStatusView?> StatusAsync(CancellationToken cancellationToken) =>
        await state.FindAsync(CosiKinds.MachineStatus, cancellationToken) is { } found ? MachineStatusView.Of(found) : null;

    /// <summary><c>controlplane</c>, <c>worker</c>, or null when the node has not been told.</summary>
    public async Task<string?> MachineTypeAsync(CancellationToken cancellationToken) =>
        (await state.FindAsync(CosiKinds.MachineType, cancellationToken))?.Text() switch
        {
            // The old word for the first control plane.
            "init" => "controlplane",
            "unknown" => null,
            var type => type,
        };

    public async Task<ReleaseVersion?> VersionAsync(CancellationToken cancellationToken) =>
        ReleaseVersion.TryParse((await state.FindAsync(CosiKinds.Version, cancellationToken))?.Text("version"), out var version) ? version : null;

    public async Task<SystemInformationView?> SystemAsync(CancellationToken cancellationToken) =>
        await state.FindAsync(CosiKinds.SystemInformation, cancellationToken) is { } found ? SystemInformationView.Of(found) : null;

    public async Task<IReadOnlyList<LinkStatusView>> LinksAsync(CancellationToken cancellationToken) =>
        [.. (await state.ListAsync(CosiKinds.LinkStatus, cancellationToken)).Select(LinkStatusView.Of)];

    public async Task<IReadOnlyList<AddressStatusView>> AddressesAsync(CancellationToken cancellationToken) =>
        [.. (await state.ListAsync(CosiKinds.AddressStatus, cancellationToken)).Select(AddressStatusView.Of)];

    /// <summary>Logical CPUs and cores of all sockets; null when the firmware does not tell.</summary>
    public async Task<(int? Threads, int? Cores)> ProcessorsAsync(CancellationToken cancellationToken)
    {
        var sockets = await state.ListAsync(CosiKinds.Processor, cancellationToken);
        return (Sum("threadCount"), Sum("coreEnabled") ?? Sum("coreCount"));

        int? Sum(string field) => sockets.Sum(socket => (int)(socket.Number(field) ?? 0)) is > 0 and var number ? number : null;
    }

    public async Task<bool?> TimeSyncedAsync(CancellationToken cancellationToken) =>
        (await state.FindAsync(CosiKinds.TimeStatus, cancellationToken))?.Flag("synced");

    /// <summary>Hexadecimal as etcdctl prints it (Talos pads with zeros), or null on a node that is no member.</summary>
    public async Task<string?> EtcdMemberIdAsync(CancellationToken cancellationToken) =>
        (await state.FindAsync(CosiKinds.EtcdMember, cancellationToken))?.Text("memberID")?.TrimStart('0');

    /// <summary>Null before Talos 1.14.</summary>
    public async Task<string?> BootIdAsync(CancellationToken cancellationToken) =>
        (await state.FindAsync(CosiKinds.BootId, cancellationToken))?.Text("bootID");

    /// <summary>What UnattendedInstallStatus says of an install that failed; null when none did, and before Talos 1.14.</summary>
    public async Task<string?> InstallFailureAsync(CancellationToken cancellationToken) =>
        await state.FindAsync(CosiKinds.UnattendedInstallStatus, cancellationToken) is { } found && found.Text("phase") == "failed"
            ? found.Text("error") ?? "no reason is given"
            : null;

    public async Task<string?> HostnameAsync(CancellationToken cancellationToken) =>
        (await state.FindAsync(CosiKinds.Hostname, cancellationToken))?.Text("hostname");

    /// <summary>Those of the booted image; Talos adds pseudo extensions of its own (<c>schematic</c>, <c>modules.dep</c>).</summary>
    public async Task<IReadOnlyList<ExtensionObservation>> ExtensionsAsync(CancellationToken cancellationToken) =>
        [.. (await state.ListAsync(CosiKinds.ExtensionStatus, cancellationToken)).Select(found => new ExtensionObservation(found.Text("metadata", "name") ?? found.Id, found.Text("metadata", "version") ?? ""))];

    public async Task<IReadOnlyList<EthernetObservation>> EthernetsAsync(CancellationToken cancellationToken) =>
        [.. (await state.ListAsync(CosiKinds.EthernetStatus, cancellationToken)).Select(found => new EthernetObservation(
            found.Id,
            found.Numbers("rings"),
            found.Numbers("channels"),
            found.Items("features").Where(item => item.ContainsKey("name")).ToDictionary(item => item["name"], item => item.GetValueOrDefault("status", ""), StringComparer.Ordinal)))];

    public async Task<KubePrismObservation?> KubePrismAsync(CancellationToken cancellationToken) =>
        await state.FindAsync(CosiKinds.KubePrismStatuses, cancellationToken) is { } found ? new KubePrismObservation(found.Text("host") ?? "", found.Flag("healthy") == true) : null;

    /// <summary>Null while Kubernetes has no Node object for this node, or does not answer it.</summary>
    public async Task<IReadOnlyDictionary<string, string>?> KubernetesLabelsAsync(CancellationToken cancellationToken) =>
        (await state.ListAsync(CosiKinds.NodeStatus, cancellationToken)) is [var only] ? only.Pairs("labels") : null;

    public async Task<IReadOnlyDictionary<string, string>> ChainsAsync(CancellationToken cancellationToken) =>
        (await state.ListAsync(CosiKinds.NfTablesChain, cancellationToken)).ToDictionary(found => found.Id, found => found.Text("policy") ?? "", StringComparer.Ordinal);

    public async Task<SecurityObservation?> SecurityAsync(CancellationToken cancellationToken) =>
        await state.FindAsync(CosiKinds.SecurityState, cancellationToken) is { } found ? new SecurityObservation(found.Flag("secureBoot") == true, found.Flag("bootedWithUKI")) : null;

    /// <summary>The config on disk, or the active one where the version does not tell them apart; null without the admin role.</summary>
    public async Task<Sensitive?> ConfigAsync(CancellationToken cancellationToken)
    {
        var found = await state.FindAsync(CosiKinds.MachineConfig, "persistent", cancellationToken)
            ?? await state.FindAsync(CosiKinds.MachineConfig, "v1alpha1", cancellationToken);
        return found is null ? null : MachineConfigView.Of(found);
    }
}
