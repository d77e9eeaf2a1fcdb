using Slipway.Core.Spec;

namespace Slipway.Cli.Input;

/// <summary>The nodes of a spec that --node names.</summary>
internal static class ChosenNodes
{
    /// <summary>All of <paramref name="candidates"/> when none is named.</summary>
    /// <exception cref="Core.Failures.BadInputException">A name that the spec does not have.</exception>
    public static IReadOnlyList<NodeSpec> Of(ClusterSpec spec, IReadOnlyList<NodeSpec> candidates, string[] names)
    {
        var unknown = names.FirstOrDefault(name => spec.Nodes.All(node => node.Name != name));
        return unknown is not null
            ? throw TextFiles.Bad("--node", $"the spec has no node '{unknown}'", $"one of {string.Join(", ", spec.Nodes.Select(node => node.Name).Take(20))}")
            : names.Length == 0 ? candidates : [.. spec.Nodes.Where(node => names.Contains(node.Name))];
    }
}
