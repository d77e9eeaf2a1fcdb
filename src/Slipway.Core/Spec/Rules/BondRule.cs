using Slipway.Core.Spec.Reading;

namespace Slipway.Core.Spec.Rules;

/// <summary>A bond has members, each once, and nothing that its mode has no use for.</summary>
internal sealed class BondRule : ISpecRule
{
    private static readonly string[] Hashing = ["802.3ad", "balance-xor", "balance-tlb"];

    public void Check(SpecValue root, SpecFindings findings)
    {
        var profiles = root.Find("profiles")?.Entries ?? new Dictionary<string, SpecValue>();
        foreach (var node in root.ItemsOf("nodes"))
        {
            if (node.Find("interface", "bond") is not { } bond)
            {
                continue;
            }

            CheckMembers(node, bond, findings);
            CheckMode(bond, findings);
            if (node.Find("profile") is { } profile
                && profiles.TryGetValue(profile.Text, out var declared)
                && declared.Find("nic") is not null
                && bond.ItemsOf("members").Any(member => member.Find("name") is null))
            {
                findings.Error(profile, $"the profile {profile.Text} sets the NIC, and the bond's members are not named", "members by name", "rings, queues and offloads are set by the name of each NIC");
            }
        }
    }

    private static void CheckMembers(SpecValue node, SpecValue bond, SpecFindings findings)
    {
        var members = bond.ItemsOf("members").ToList();
        if (members.Count == 0 && bond.Find("members") is { } none)
        {
            findings.Error(none, "a bond without members", "at least one NIC", "'slipway init' shows each node's links");
        }

        var seen = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (var member in members)
        {
            if ((member.Find("name") ?? member.Find("mac") ?? member.Find("pci")) is not { } mark)
            {
                continue;
            }

            if (!seen.TryAdd(mark.Text, mark.Line))
            {
                findings.Error(mark, $"{mark.Text} is a member already, on line {seen[mark.Text]}", "each NIC once");
            }

            if (mark.Text == node.TextOf("interface", "name"))
            {
                findings.Error(mark, $"{mark.Text} is the name of the bond itself", "a name of the bond's own, such as bond0", "members are NICs of the machine");
            }
        }

        if (members.Any(member => member.Find("name") is not null) && members.FirstOrDefault(member => member.Find("name") is null) is { } other)
        {
            findings.Error(other, "some members are named and some are not", "all by name, or all by mac and pci", "Talos before 1.12 does not take both");
        }
    }

    private static void CheckMode(SpecValue bond, SpecFindings findings)
    {
        var mode = bond.TextOf("mode") ?? BondSpec.DefaultMode;
        if (bond.Find("lacpRate") is { } rate && mode != "802.3ad")
        {
            findings.Error(rate, $"lacpRate with the mode {mode}", "mode: 802.3ad, or no lacpRate", "LACP is spoken in that mode alone, and Talos refuses the pair");
        }

        if (bond.Find("xmitHashPolicy") is { } hash && !Hashing.Contains(mode))
        {
            findings.Error(hash, $"xmitHashPolicy with the mode {mode}", $"one of the modes {string.Join(", ", Hashing)}, or no xmitHashPolicy", "the other modes choose a member without it");
        }
    }
}
