using System.Globalization;
using Slipway.Core.Yaml;

namespace Slipway.Core.Spec.Drafting;

/// <summary>
/// Proposes a profile for each kind of worker that was seen, as comments: a layout changes kernel arguments and kubelet, so an
/// operator takes it in by hand, after reading it.
/// </summary>
internal static class DraftProfiles
{
    /// <summary>The name of the profile that is proposed for each worker.</summary>
    public static IReadOnlyDictionary<DraftNode, (string Name, ProfileProposal Proposal)> Of(IReadOnlyList<DraftNode> nodes)
    {
        var names = new Dictionary<ProfileProposal, string>();
        var proposed = new Dictionary<DraftNode, (string, ProfileProposal)>(ReferenceEqualityComparer.Instance);
        foreach (var node in nodes.Where(node => node.Role == NodeRole.Worker))
        {
            if (ProfileProposal.Of(node, DraftNodes.LinkOf(node)?.Name) is not { } proposal)
            {
                continue;
            }

            if (!names.TryGetValue(proposal, out var name))
            {
                var plain = string.Create(CultureInfo.InvariantCulture, $"validator-{node.Observation.Threads}");
                name = names.ContainsValue(plain) ? string.Create(CultureInfo.InvariantCulture, $"{plain}-{names.Count + 1}") : plain;
                names[proposal] = name;
            }

            proposed[node] = (name, proposal);
        }

        return proposed;
    }

    public static void Write(DraftLines lines, IReadOnlyDictionary<DraftNode, (string Name, ProfileProposal Proposal)> proposed)
    {
        if (proposed.Count == 0)
        {
            return;
        }

        lines.Blank();
        lines.Comment(0, "Profiles: which CPUs do what. Proposed from what the workers said; nothing of it holds until the '#' is taken away, here and before 'profile:' at the nodes. "
            + "'slipway plan' then tells what it means for each node: kernel arguments travel in the installer image ('slipway schematic').");
        lines.Append(0, "#profiles:");
        foreach (var kind in proposed.GroupBy(pair => pair.Value.Name, StringComparer.Ordinal))
        {
            var (node, (name, proposal)) = kind.First();
            lines.Comment(2, Describe(node));
            if (node.NumaNodes.Count > 1)
            {
                lines.Comment(2, "On which NUMA node the NIC is, a machine in maintenance mode does not tell: node 0 is a guess. A run judges it right after the install, and 'slipway doctor' at any time.");
            }

            lines.Append(0, $"#  {name}:");
            foreach (var line in proposal.Lines())
            {
                lines.Append(0, $"#    {line}");
            }
        }
    }

    private static string Describe(DraftNode node)
    {
        var seen = node.Observation;
        var numa = node.NumaNodes.Count == 0 ? "NUMA nodes not told" : string.Join(", ", node.NumaNodes.Select((cpus, index) => string.Create(CultureInfo.InvariantCulture, $"NUMA node {index} has CPUs {cpus}")));
        var link = DraftNodes.LinkOf(node);
        var nic = link is null ? "no NIC chosen" : $"{link.Name}, {link.Driver ?? "driver unknown"}{(node.Queues.TryGetValue(link.Name, out var queues) ? string.Create(CultureInfo.InvariantCulture, $", up to {queues} queues") : "")}";
        return Excerpt.Clean(string.Create(CultureInfo.InvariantCulture, $"{seen.Threads} CPUs of {seen.Cores} cores; {numa}; NIC {nic}"), 300);
    }
}
