using System.Globalization;
using Slipway.Core.Planning;
using Slipway.Core.Spec.Formats;
using Slipway.Core.Spec.Shapes;
using Slipway.Core.Yaml;

namespace Slipway.Core.Spec.Drafting;

/// <summary>The nodes of a drafted spec.</summary>
internal static class DraftNodes
{
    /// <param name="profiles">What is proposed for a node, as a comment.</param>
    public static void Write(DraftLines lines, IReadOnlyList<DraftNode> nodes, IReadOnlyDictionary<DraftNode, (string Name, ProfileProposal Proposal)> profiles)
    {
        var names = NodeNames.For(nodes);
        // Boards without a serial of their own answer alike ("Default string"): what two nodes say names neither.
        var identity = new MarksOfOne(nodes.Select(node => Marks(node.Observation)));
        var disks = new MarksOfOne(nodes.Select(node => InstallDisk.Choose(node.Observation.Disks)).Select(disk => new[] { disk?.Serial, disk?.Wwid }));
        var fingerprints = new MarksOfOne(nodes.Select(node => new[] { node.Observation.Fingerprint }));
        for (var i = 0; i < nodes.Count; i++)
        {
            lines.Append(2, $"- name: {YamlScalars.Write(names[i])}");
            lines.Text(4, "address", nodes[i].Address);
            if (nodes[i].Port != 50000)
            {
                lines.Append(4, string.Create(CultureInfo.InvariantCulture, $"port: {nodes[i].Port}"));
            }

            lines.Append(4, nodes[i].Role == NodeRole.ControlPlane ? "role: controlplane" : "role: worker");
            WriteIdentity(lines, nodes[i], identity, isFirst: i == 0);
            WriteInstall(lines, nodes[i].Observation.Disks, disks, isFirst: i == 0);
            WriteInterface(lines, nodes[i], isFirst: i == 0);
            if (profiles.TryGetValue(nodes[i], out var profile))
            {
                lines.Append(4, $"#profile: {profile.Name}");
            }

            WriteFingerprint(lines, Usable(nodes[i].Observation.Fingerprint, MiscFormats.Fingerprint, fingerprints), isFirst: i == 0);
        }
    }

    private static void WriteIdentity(DraftLines lines, DraftNode node, MarksOfOne marks, bool isFirst)
    {
        var link = MainLink.Choose(node.Observation.Links, node.Address);
        var macs = link is null ? node.Observation.Macs : [link.Mac];
        var uuid = Usable(node.Observation.Uuid, AddressFormats.Uuid, marks);
        var mac = macs.Count > 0 ? Usable(macs[0], AddressFormats.Mac, marks) : null;
        var serial = uuid is null && mac is null ? Usable(node.Observation.Serial, MiscFormats.Mark, marks) : null;
        Explain(lines, isFirst, "identity");
        if ((uuid ?? mac ?? serial) is null)
        {
            lines.Comment(4, "The machine says nothing of itself that no other says: its address alone is trusted.");
            return;
        }

        lines.Append(4, "identity:");
        foreach (var (key, value) in new[] { ("uuid", uuid), ("mac", mac), ("serial", serial) })
        {
            if (value is not null)
            {
                lines.Text(6, key, value);
            }
        }
    }

    private static void WriteInstall(DraftLines lines, IReadOnlyList<DiskObservation> disks, MarksOfOne marks, bool isFirst)
    {
        var chosen = InstallDisk.Choose(disks);
        Explain(lines, isFirst, "install");
        foreach (var other in disks.Where(disk => disk != chosen))
        {
            lines.Comment(4, $"not chosen: {Describe(other)}{(other.ReadOnly ? " (read-only)" : "")}");
        }

        lines.Append(4, "install:");
        if (chosen is null)
        {
            lines.Comment(6, "The node showed no disk that can be written: say which one it is.");
            lines.Append(6, "disk: /dev/sda");
            return;
        }

        lines.Comment(6, Describe(chosen));
        if (Usable(chosen.Serial, MiscFormats.Mark, marks) is { } serial)
        {
            lines.Text(6, "serial", serial);
        }
        else if (Usable(chosen.Wwid, MiscFormats.Mark, marks) is { } wwid)
        {
            lines.Text(6, "wwid", wwid);
        }
        else
        {
            lines.Comment(6, "It has no serial or WWID of its own; device names can change between boots.");
            lines.Text(6, "disk", MiscFormats.Device.IsValid(chosen.Device) ? chosen.Device : "/dev/sda");
        }
    }

    private static void WriteInterface(DraftLines lines, DraftNode node, bool isFirst)
    {
        if (LinkOf(node) is not { } link)
        {
            return;
        }

        Explain(lines, isFirst, "interface");
        lines.Append(4, "interface:");
        lines.Comment(6, Excerpt.Clean($"{link.Driver ?? "driver unknown"}, {(link.SpeedMbit > 0 ? $"{link.SpeedMbit} Mbit/s" : "speed unknown")}, MTU {link.Mtu} now", 100));
        lines.Text(6, "name", link.Name);
        if (link.Addresses.FirstOrDefault(text => Cidr.TryParse(text, out _)) is { } address)
        {
            lines.Comment(6, $"static instead of DHCP: addresses: [{address}], and a gateway");
        }
    }

    /// <summary>The link that the draft names as the node's interface; null when none can be named.</summary>
    public static LinkObservation? LinkOf(DraftNode node) =>
        MainLink.Choose(node.Observation.Links, node.Address) is { } link && NameFormats.LinkName.IsValid(link.Name) ? link : null;

    private static void WriteFingerprint(DraftLines lines, string? fingerprint, bool isFirst)
    {
        if (fingerprint is not null)
        {
            Explain(lines, isFirst, "maintenanceFingerprint");
            lines.Text(4, "maintenanceFingerprint", fingerprint);
        }
    }

    /// <summary>Explains a key at the first node only: at the five-hundredth it would be noise.</summary>
    private static void Explain(DraftLines lines, bool isFirst, string key)
    {
        if (isFirst)
        {
            lines.Explain(4, "nodes", key);
        }
    }

    private static IEnumerable<string?> Marks(NodeObservation node) => [node.Uuid, node.Serial, .. node.Macs, .. node.Links.Select(link => link.Mac)];

    private static string? Usable(string? mark, TextFormat format, MarksOfOne marks) =>
        mark is not null && format.IsValid(mark) && marks.IsUnique(mark) ? mark : null;

    private static string Describe(DiskObservation disk) => Excerpt.Clean(
        string.Create(CultureInfo.InvariantCulture, $"{disk.Device}, {disk.Size / 1e9:0.#} GB, {disk.Model ?? "model unknown"}, serial {disk.Serial ?? "unknown"}, wwid {disk.Wwid ?? "unknown"}"),
        300);
}
