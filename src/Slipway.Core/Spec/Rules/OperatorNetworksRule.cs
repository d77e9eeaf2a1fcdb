using Slipway.Core.Spec.Formats;
using Slipway.Core.Spec.Reading;

namespace Slipway.Core.Spec.Rules;

/// <summary>Operators are named, and nothing that is denied covers them, the nodes or the API endpoint.</summary>
internal sealed class OperatorNetworksRule : ISpecRule
{
    public void Check(SpecValue root, SpecFindings findings)
    {
        var network = root.Find("network");
        var list = network?.Find("operatorCIDRs");
        if (network is { IsWhole: true } or null && (list is null || (list.Items.Count == 0 && list.IsWhole)))
        {
            findings.Warning(list ?? network ?? root, "no operator networks are named", "network.operatorCIDRs with the networks that you work from", "without them policies and filters can only protect the way in from the nodes themselves");
        }

        var operators = SpecNetworks.Of(list).ToList();
        foreach (var (at, cidr) in operators.Where(entry => entry.Cidr.Prefix == 0))
        {
            findings.Warning(at, "every address in the world counts as an operator", "the networks that you work from");
        }

        List<(string Who, Cidr Cidr)> keep =
        [
            .. operators.Where(entry => entry.Cidr.Prefix > 0).Select(entry => ("operators", entry.Cidr)),
            .. SpecNetworks.NodeAddresses(root).Select(entry => ($"node {entry.Name}", new Cidr(entry.Address, entry.Address.GetAddressBytes().Length * 8))),
        ];
        foreach (var (at, denied) in SpecNetworks.Of(root.Find("policies", "denyCIDRs")))
        {
            foreach (var (who, cidr) in keep.Where(entry => denied.Overlaps(entry.Cidr)).Take(1))
            {
                findings.Error(at, $"denies {denied}, which overlaps {cidr} ({who})", "sources that are neither operators nor nodes", "that would cut off the hand that holds it");
            }
        }
    }
}
