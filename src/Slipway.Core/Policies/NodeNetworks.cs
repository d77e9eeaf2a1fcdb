using Slipway.Core.Spec;

namespace Slipway.Core.Policies;

/// <summary>The addresses of nodes as networks of one address each.</summary>
internal static class NodeNetworks
{
    /// <summary>Where the Talos API answers, and every static address; names are left out, since they are no addresses.</summary>
    public static IReadOnlyList<string> Of(IEnumerable<NodeSpec> nodes) =>
    [
        .. nodes
            .SelectMany(node => (IEnumerable<string>)[node.Address, .. node.Interface?.Addresses ?? [], .. node.Interface?.Vlan?.Addresses ?? []])
            .Select(Cidrs.Single).OfType<string>().Distinct(StringComparer.Ordinal),
    ];
}
