namespace Slipway.Tests.Architecture;

/// <summary>Which project may reference which: Cli → adapters → Engine → Core, and Agent → Xdp beside it.</summary>
internal static class ProjectArrows
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Slipway.Core"] = [],
        ["Slipway.Engine"] = ["Slipway.Core"],
        ["Slipway.Talos"] = ["Slipway.Engine", "Slipway.Core"],
        ["Slipway.Kubernetes"] = ["Slipway.Engine", "Slipway.Core"],
        ["Slipway.Extension"] = ["Slipway.Engine", "Slipway.Core"],
        // The rehearsal serves the wire contract and makes the certificates that the Talos adapter speaks and checks.
        ["Slipway.Rehearsal"] = ["Slipway.Talos", "Slipway.Engine", "Slipway.Core"],
        ["Slipway.Xdp"] = [],
        ["Slipway.Agent"] = ["Slipway.Xdp"],
        // The command explains a packet with the filter's own reference, and reads the tables that the node agent writes.
        ["Slipway.Cli"] = ["Slipway.Talos", "Slipway.Kubernetes", "Slipway.Extension", "Slipway.Rehearsal", "Slipway.Xdp", "Slipway.Engine", "Slipway.Core"],
    };

    /// <summary>One line for each reference, or project, that the table does not know.</summary>
    public static IEnumerable<string> Violations(IReadOnlyDictionary<string, IReadOnlyList<string>> references)
    {
        foreach (var (project, targets) in references)
        {
            if (!Allowed.TryGetValue(project, out var allowed))
            {
                yield return $"{project} has no place in the table of arrows";
                continue;
            }

            foreach (var target in targets.Where(target => !allowed.Contains(target, StringComparer.Ordinal)))
            {
                yield return $"{project} must not reference {target}";
            }
        }
    }
}
