using Slipway.Core.Spec.Formats;
using Slipway.Core.Spec.Reading;

namespace Slipway.Core.Spec.Rules;

/// <summary>The endpoint leads to control planes, and to more than one of them where there is more than one.</summary>
internal sealed class EndpointRule : ISpecRule
{
    public void Check(SpecValue root, SpecFindings findings)
    {
        if (SpecNetworks.Endpoint(root) is not var (at, host))
        {
            return;
        }

        var nodes = root.ItemsOf("nodes");
        var owner = nodes.FirstOrDefault(node => IpText.Canonical(node.TextOf("address") ?? "") == host.ToString());
        if (owner?.TextOf("role") is not { } role)
        {
            return;
        }

        var name = owner.TextOf("name") ?? owner.Path;
        if (role == "worker")
        {
            findings.Error(at, $"the endpoint is the address of node {name}, which is a worker", "an address of the control planes", "no API server runs on a worker");
        }
        else if (nodes.Count(node => node.TextOf("role") == "controlplane") > 1)
        {
            findings.Warning(at, $"the endpoint is the address of control plane {name} alone", "a virtual IP, DNS name or load balancer for all of them", $"when {name} is down, operators and kubelets lose the API though the cluster lives");
        }
    }
}
