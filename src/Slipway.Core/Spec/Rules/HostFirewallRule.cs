using Slipway.Core.Spec.Formats;
using Slipway.Core.Spec.Reading;

namespace Slipway.Core.Spec.Rules;

/// <summary>A firewall that blocks all but what is named must know operators and nodes by their addresses, or it cuts them off.</summary>
internal sealed class HostFirewallRule : ISpecRule
{
    public void Check(SpecValue root, SpecFindings findings)
    {
        if (root.BooleanOf("policies", "hostFirewall") is not true)
        {
            return;
        }

        var key = root.Find("policies", "hostFirewall")!;
        if (root.ItemsOf("network", "operatorCIDRs").Count == 0)
        {
            findings.Error(key, "the host firewall would lock every operator out: no operator networks are named", "network.operatorCIDRs", "false leaves it to Cilium's policies");
        }

        foreach (var address in root.ItemsOf("nodes").Select(node => node.Find("address")).OfType<SpecValue>().Where(address => !IpText.TryParse(address.Text, out _)))
        {
            findings.Error(address, $"the host firewall lets nodes in by address, and {address.Text} is a name", "an IP address", "or policies.hostFirewall: false");
        }
    }
}
