using Slipway.Core.Spec;
using Slipway.Rehearsal;

namespace Slipway.Cli.Composition;

/// <summary>
/// Puts a spec that was written for real machines onto rehearsed ones: addresses, identities and disks become theirs, and
/// everything that is configured stays as the user wrote it.
/// </summary>
internal static class SpecPlacement
{
    /// <summary>In the rehearsal's folder: made by the run, or begun with.</summary>
    public const string SecretsFile = "secrets.yaml";

    /// <summary>Base configs come with the secrets that they were made from.</summary>
    public static bool TakesSecrets(ClusterSpec spec) => spec.Configs is { ControlPlane: null, Worker: null };

    /// <summary>The names that the rehearsed machines get, control planes first as a rehearsal orders them.</summary>
    public static IReadOnlyList<string> Names(ClusterSpec spec) => [.. spec.ControlPlanes.Concat(spec.Workers).Select(node => node.Name)];

    public static ClusterSpec Place(ClusterSpec spec, RehearsalHost host, string folder)
    {
        var machines = host.Nodes.ToDictionary(machine => machine.Name);
        return spec with
        {
            Endpoint = host.Endpoint,
            Nodes = [.. spec.Nodes.Select(node => Place(node, machines[node.Name]))],
            // Secrets of the real cluster are used where its own base configs need them, and never made anew beside the spec.
            SecretsFile = TakesSecrets(spec) ? Path.Combine(folder, SecretsFile) : spec.SecretsFile,
            Cilium = spec.Cilium with { Chart = AtHand(spec.Cilium.Chart) },
        };
    }

    private static NodeSpec Place(NodeSpec node, RehearsedMachine machine) => node with
    {
        Address = machine.Address.ToString(),
        Port = 50000,
        Identity = new NodeIdentity { Uuid = machine.Uuid, Serial = machine.Serial, Mac = machine.Mac },
        Install = new InstallSpec { Serial = machine.DiskSerial, Wipe = node.Install.Wipe },
        Interface = node.Interface is { } link ? Place(link, machine) : null,
        MaintenanceFingerprint = machine.MaintenanceFingerprint,
    };

    /// <summary>A bond keeps its name, and as many of its members as the machine has NICs.</summary>
    private static InterfaceSpec Place(InterfaceSpec link, RehearsedMachine machine) => link.Bond is not { } bond ? link with { Name = machine.LinkName } : link with
    {
        Bond = bond with
        {
            Members = [.. bond.Members.Zip(machine.Links, (member, nic) =>
                member.Name is not null ? new BondMember(nic.Name, null, null) : member.Mac is not null ? new BondMember(null, nic.Mac, null) : new BondMember(null, null, nic.Pci))],
        },
    };

    /// <summary>A rehearsal needs no network: a chart that would have to be fetched is stood in for.</summary>
    private static ChartSource AtHand(ChartSource chart) =>
        chart.Kind is ChartSourceKind.Folder or ChartSourceKind.Archive ? chart : new ChartSource(ChartSourceKind.StandIn, "");
}
