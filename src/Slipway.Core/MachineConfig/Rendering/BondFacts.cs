using System.Globalization;
using Slipway.Core.MachineConfig.Generation;
using Slipway.Core.Spec;
using YamlDotNet.RepresentationModel;

namespace Slipway.Core.MachineConfig.Rendering;

/// <summary>What talos-patches can put in of a node's bond.</summary>
internal static class BondFacts
{
    public static IEnumerable<(string Name, YamlNode Value)> Values(string name, BondSpec bond)
    {
        yield return ("bond-mode", Tree.Text(bond.Mode));
        yield return ("bond-miimon", Tree.Number(bond.Miimon));
        yield return ("bond-links", Tree.Texts(bond.Members.Select((member, index) => LinkOf(name, member, index))));
        // Names or selectors: Talos takes one of the two.
        yield return ("bond-interfaces", Tree.Texts(bond.Members.Select(member => member.Name).OfType<string>()));
        yield return ("bond-selectors", Tree.List(bond.Members.Where(member => member.Name is null).Select(member =>
            Tree.Map(("permanentAddr", Optional(member.Mac)), ("busPath", Optional(member.Pci))))));
        if (bond.LacpRate is { } rate)
        {
            yield return ("bond-lacp", Tree.Text(rate));
        }

        if (bond.XmitHashPolicy is { } hash)
        {
            yield return ("bond-hash", Tree.Text(hash));
        }
    }

    public static IEnumerable<IEnumerable<(string Name, YamlNode Value)>> Members(string name, BondSpec bond) =>
        bond.Members.Select((member, index) => (IEnumerable<(string, YamlNode)>)[
            ("member", Tree.Text(LinkOf(name, member, index))),
            ("member-match", Tree.Text(member.Mac is { } mac ? $"mac(link.permanent_addr) == \"{mac}\"" : $"link.bus_path == \"{member.Pci}\"")),
        ]);

    /// <summary>A NIC that is not named gets an alias, and goes by that.</summary>
    private static string LinkOf(string bond, BondMember member, int index) => member.Name ?? string.Create(CultureInfo.InvariantCulture, $"{bond}-{index}");

    private static YamlScalarNode? Optional(string? text) => text is null ? null : Tree.Text(text);
}
