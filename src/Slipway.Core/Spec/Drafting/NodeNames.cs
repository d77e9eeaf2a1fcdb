using System.Globalization;
using Slipway.Core.Spec.Formats;

namespace Slipway.Core.Spec.Drafting;

/// <summary>Gives every node of a draft a name that no other has.</summary>
internal static class NodeNames
{
    public static IReadOnlyList<string> For(IReadOnlyList<DraftNode> nodes)
    {
        var wanted = nodes.Select(node => node.Observation.Name).ToList();
        var taken = new HashSet<string>(StringComparer.Ordinal);
        // An address would do as a DNS label only without dots; nobody wants 10-0-0-11 as a name.
        var names = wanted.Select(name => NameFormats.DnsLabel.IsValid(name) && char.IsAsciiLetter(name[0]) && taken.Add(name) ? name : null).ToList();
        return [.. names.Select((name, index) => name ?? Next(nodes[index].Role == NodeRole.ControlPlane ? "cp" : "worker", taken))];
    }

    private static string Next(string stem, HashSet<string> taken)
    {
        for (var number = 1; ; number++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{stem}{number}");
            if (taken.Add(name))
            {
                return name;
            }
        }
    }
}
