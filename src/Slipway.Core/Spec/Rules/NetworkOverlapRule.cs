using Slipway.Core.Spec.Formats;
using Slipway.Core.Spec.Reading;

namespace Slipway.Core.Spec.Rules;

/// <summary>
/// Pods, services, nodes and operators have addresses of their own: where two could have the same one, packets go to the
/// wrong one of them.
/// </summary>
internal sealed class NetworkOverlapRule : ISpecRule
{
    public void Check(SpecValue root, SpecFindings findings)
    {
        List<Range> inner = [.. Ranges(root, "podCIDRs", NetworkSpec.DefaultPodCidr, "pod"), .. Ranges(root, "serviceCIDRs", NetworkSpec.DefaultServiceCidr, "service")];
        CheckEachOther(inner, root, findings);
        CheckNodes(inner, root, findings);
        CheckOperators(inner, root, findings);
    }

    private static void CheckEachOther(List<Range> inner, SpecValue root, SpecFindings findings)
    {
        for (var i = 0; i < inner.Count; i++)
        {
            foreach (var before in inner.Take(i).Where(before => before.Cidr.Overlaps(inner[i].Cidr)))
            {
                findings.Error(inner[i].At ?? before.At ?? root, $"{inner[i]} overlaps {before}", "ranges that have no address in common");
            }
        }
    }

    private static void CheckNodes(List<Range> inner, SpecValue root, SpecFindings findings)
    {
        foreach (var (at, address, name) in SpecNetworks.NodeAddresses(root))
        {
            foreach (var range in inner.Where(range => range.Cidr.Contains(address)))
            {
                findings.Error(at, $"address {address} of node {name} lies in the {range}", "nodes outside of the pod and service ranges", $"choose another range under network.{range.What}CIDRs");
            }
        }

        foreach (var (at, cidr) in root.ItemsOf("nodes").SelectMany(SpecNetworks.StaticAddresses))
        {
            foreach (var range in inner.Where(range => cidr.Overlaps(range.Cidr) && !range.Cidr.Contains(cidr.Address)))
            {
                findings.Error(at, $"the network of {cidr} ({cidr.Network}) overlaps the {range}", "pod and service ranges outside of the nodes' network", $"choose another range under network.{range.What}CIDRs");
            }
        }

        if (SpecNetworks.Endpoint(root) is var (endpoint, host) && inner.FirstOrDefault(range => range.Cidr.Contains(host)) is { } hit)
        {
            findings.Error(endpoint, $"the endpoint's address {host} lies in the {hit}", "an address outside of the pod and service ranges");
        }
    }

    private static void CheckOperators(List<Range> inner, SpecValue root, SpecFindings findings)
    {
        foreach (var (at, cidr) in SpecNetworks.Of(root.Find("network", "operatorCIDRs")).Where(entry => entry.Cidr.Prefix > 0))
        {
            foreach (var range in inner)
            {
                if (range.Cidr.Contains(cidr))
                {
                    findings.Error(at, $"operators at {cidr} lie in the {range}", "networks outside of the pod and service ranges", "answers to them would stay inside the cluster");
                }
                else if (cidr.Overlaps(range.Cidr))
                {
                    findings.Warning(at, $"operators at {cidr} cover the {range}, so {range.What}s count as operators", "smaller networks that leave it out");
                }
            }
        }
    }

    private static IEnumerable<Range> Ranges(SpecValue root, string key, string fallback, string what)
    {
        var list = root.Find("network") is { } network ? network.Find(key) : null;
        if (list is not null)
        {
            return SpecNetworks.Of(list).Select(entry => new Range(entry.At, entry.Cidr, what));
        }

        // When the whole section is wrong nobody knows what was meant, and the default is no better guess than any.
        return root.Find("network") is { IsWhole: false } || !Cidr.TryParse(fallback, out var cidr) ? [] : [new Range(null, cidr, what)];
    }

    /// <param name="At">Null for a default.</param>
    private sealed record Range(SpecValue? At, Cidr Cidr, string What)
    {
        public override string ToString() => $"{What} range {Cidr}{(At is null ? " (the default)" : "")}";
    }
}
