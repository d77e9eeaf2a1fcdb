using Slipway.Core.Spec.Formats;
using Slipway.Core.Spec.Reading;

namespace Slipway.Core.Spec.Rules;

/// <summary>Dual-stack: at most one range a family, and services of the families that pods have (Kubernetes, "IPv4/IPv6 dual-stack").</summary>
internal sealed class AddressFamiliesRule : ISpecRule
{
    public void Check(SpecValue root, SpecFindings findings)
    {
        var pods = SpecNetworks.Of(root.Find("network", "podCIDRs")).ToList();
        var services = SpecNetworks.Of(root.Find("network", "serviceCIDRs")).ToList();
        CheckTwice(pods, "pod", findings);
        CheckTwice(services, "service", findings);
        if (pods.Count == 0 || services.Count == 0)
        {
            return;
        }

        foreach (var (at, cidr) in services.Where(service => pods.All(pod => pod.Cidr.IsIpv6 != service.Cidr.IsIpv6)))
        {
            findings.Error(at, $"services have {Family(cidr)} addresses and pods have none", $"a pod range of {Family(cidr)} too");
        }
    }

    private static void CheckTwice(List<(SpecValue At, Cidr Cidr)> ranges, string what, SpecFindings findings)
    {
        foreach (var (at, cidr) in ranges.Skip(1).Where(range => range.Cidr.IsIpv6 == ranges[0].Cidr.IsIpv6))
        {
            findings.Error(at, $"a second {what} range of {Family(cidr)}", "one range, or one IPv4 and one IPv6");
        }
    }

    private static string Family(Cidr cidr) => cidr.IsIpv6 ? "IPv6" : "IPv4";
}
