using Slipway.Core.Spec.Formats;
using Slipway.Core.Versions;

namespace Slipway.Core.Spec.Reading;

internal static partial class SpecBuilder
{
    private static NodeSpec Node(SpecValue value)
    {
        var node = new NodeSpec
        {
            Name = value.Find("name")!.Text,
            Address = IpText.Canonical(value.Find("address")!.Text),
            Role = value.Find("role")!.Text == "controlplane" ? NodeRole.ControlPlane : NodeRole.Worker,
            Install = Install(value.Find("install")!),
        };
        return node with
        {
            Port = value.IntegerOf("port") ?? node.Port,
            Identity = new NodeIdentity
            {
                Uuid = value.TextOf("identity", "uuid")?.ToLowerInvariant(),
                Mac = value.TextOf("identity", "mac")?.ToLowerInvariant(),
                Serial = value.TextOf("identity", "serial"),
            },
            Talos = value.TextOf("talos", "version") is { } talos ? ReleaseVersion.Parse(talos) : null,
            InstallerImage = value.TextOf("talos", "installer"),
            InstallerArchive = value.TextOf("talos", "installerArchive"),
            Interface = value.Find("interface") is { } link ? Interface(link) : null,
            Labels = Map(value.Find("labels")) ?? node.Labels,
            Taints = Map(value.Find("taints")) ?? node.Taints,
            Profile = value.TextOf("profile"),
            MaintenanceFingerprint = value.TextOf("maintenanceFingerprint"),
            Patches = Patches(value.ItemsOf("patches")),
        };
    }

    private static InstallSpec Install(SpecValue value) => new()
    {
        Serial = value.TextOf("serial"),
        Wwid = value.TextOf("wwid"),
        Disk = value.TextOf("disk"),
        Wipe = value.BooleanOf("wipe") ?? false,
    };

    private static InterfaceSpec Interface(SpecValue value) => new()
    {
        Name = value.Find("name")!.Text,
        Mtu = value.IntegerOf("mtu"),
        Addresses = Texts(value.Find("addresses")) ?? [],
        Gateway = value.TextOf("gateway"),
        Vlan = value.Find("vlan") is { } vlan
            ? new VlanSpec(vlan.IntegerOf("id")!.Value, Texts(vlan.Find("addresses")) ?? [], vlan.TextOf("gateway"))
            : null,
        Bond = value.Find("bond") is { } bond ? Bond(bond) : null,
    };

    private static BondSpec Bond(SpecValue value)
    {
        var bond = new BondSpec
        {
            Members = [.. value.ItemsOf("members").Select(member => new BondMember(member.TextOf("name"), member.TextOf("mac")?.ToLowerInvariant(), member.TextOf("pci")))],
            LacpRate = value.TextOf("lacpRate"),
            XmitHashPolicy = value.TextOf("xmitHashPolicy"),
        };
        return bond with { Mode = value.TextOf("mode") ?? bond.Mode, Miimon = value.IntegerOf("miimon") ?? bond.Miimon };
    }
}
