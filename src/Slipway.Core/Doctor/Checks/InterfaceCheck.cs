using Slipway.Core.Planning;
using Slipway.Core.Spec;

namespace Slipway.Core.Doctor.Checks;

/// <summary>The link that the spec names is there, or the NICs that its bond is to be made of.</summary>
internal sealed class InterfaceCheck : NodeCheck
{
    public override string Id => "link.there";

    public override string Why => "a config for a link that is not there can cut the node off";

    public override CheckMoments Moments => CheckMoments.Always;

    public override IEnumerable<CheckLine> Look(NodeSubject subject)
    {
        var links = subject.Seen.Links;
        if (subject.Node.Interface is not { } wanted)
        {
            yield return NotApplicable("the spec names no interface for this node");
        }
        else if (links.Count == 0)
        {
            yield return NotApplicable("the node tells no links");
        }
        else if (wanted.Bond is not { } bond)
        {
            yield return Judge(links.Any(link => link.Name == wanted.Name), wanted.Name, string.Join(", ", links.Select(link => link.Name)), "correct interface.name");
        }
        else
        {
            foreach (var member in bond.Members)
            {
                var there = links.FirstOrDefault(link => Is(link, member));
                yield return Judge(there is not null, $"a NIC with {member}", there?.Name ?? string.Join(", ", links.Where(link => link.IsPhysical).Select(Describe)), "correct the bond's members", $"{member}");
            }
        }
    }

    private static bool Is(LinkObservation link, BondMember member) => link.IsPhysical
        && (member.Name is { } name ? link.Name == name : member.Mac is { } mac ? (link.PermanentMac ?? link.Mac) == mac : link.BusPath == member.Pci);

    private static string Describe(LinkObservation link) => $"{link.Name} ({link.PermanentMac ?? link.Mac}, {link.BusPath ?? "no bus address"})";
}
