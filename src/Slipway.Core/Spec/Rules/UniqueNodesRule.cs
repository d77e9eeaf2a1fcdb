using Slipway.Core.Spec.Formats;
using Slipway.Core.Spec.Reading;

namespace Slipway.Core.Spec.Rules;

/// <summary>No two nodes share a name, an address, a mark of identity, a disk or a static address.</summary>
internal sealed class UniqueNodesRule : ISpecRule
{
    public void Check(SpecValue root, SpecFindings findings)
    {
        var nodes = root.ItemsOf("nodes");
        Unique(nodes, findings, "name", node => One(node.Find("name")));
        Unique(nodes, findings, "address", node => One(node.Find("address"), text => $"{IpText.Canonical(text)} port {node.IntegerOf("port") ?? 50000}"));
        Unique(nodes, findings, "identity", node => One(node.Find("identity", "uuid"), Lower));
        Unique(nodes, findings, "identity", node => One(node.Find("identity", "mac"), Lower));
        Unique(nodes, findings, "identity", node => One(node.Find("identity", "serial")));
        Unique(nodes, findings, "disk", node => One(node.Find("install", "serial")));
        Unique(nodes, findings, "disk", node => One(node.Find("install", "wwid")));
        Unique(nodes, findings, "fingerprint", node => One(node.Find("maintenanceFingerprint")));
        Unique(nodes, findings, "static address", StaticAddresses);
    }

    private static void Unique(IEnumerable<SpecValue> nodes, SpecFindings findings, string what, Func<SpecValue, IEnumerable<(SpecValue At, string Key)>> keys)
    {
        var seen = new Dictionary<string, (SpecValue At, SpecValue Node)>(StringComparer.Ordinal);
        foreach (var node in nodes)
        {
            foreach (var (at, key) in keys(node))
            {
                if (seen.TryAdd(key, (at, node)))
                {
                    continue;
                }

                var (first, owner) = seen[key];
                var whose = owner == node ? "the same node" : owner.TextOf("name") is { } name ? $"node {name}" : owner.Path;
                findings.Error(at, $"{what} '{key}' is that of {whose} too, on line {first.Line}", $"a {what} of its own for each node");
            }
        }
    }

    private static IEnumerable<(SpecValue At, string Key)> One(SpecValue? value, Func<string, string>? normal = null) =>
        value is null ? [] : [(value, normal is null ? value.Text : normal(value.Text))];

    private static IEnumerable<(SpecValue At, string Key)> StaticAddresses(SpecValue node) =>
        node.ItemsOf("interface", "addresses").Concat(node.ItemsOf("interface", "vlan", "addresses"))
            .Where(item => Cidr.TryParse(item.Text, out _))
            .Select(item => (item, IpText.Canonical(item.Text[..item.Text.IndexOf('/', StringComparison.Ordinal)])));

    private static string Lower(string text) => text.ToLowerInvariant();
}
