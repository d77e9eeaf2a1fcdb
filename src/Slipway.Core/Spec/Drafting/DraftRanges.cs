using Slipway.Core.Spec.Formats;

namespace Slipway.Core.Spec.Drafting;

/// <summary>Chooses pod and service ranges that the nodes' own networks leave free.</summary>
internal static class DraftRanges
{
    private static readonly string[] Pods = [NetworkSpec.DefaultPodCidr, "10.128.0.0/11", "172.16.0.0/12", "100.64.0.0/11"];

    private static readonly string[] Services = [NetworkSpec.DefaultServiceCidr, "172.31.0.0/16", "100.96.0.0/12"];

    public static (string Pods, string Services) For(IEnumerable<Cidr> nodeNetworks, int nodes)
    {
        var used = nodeNetworks.ToList();
        var pods = First(Pods, cidr => Room(cidr) >= nodes && !used.Any(cidr.Overlaps));
        var services = First(Services, cidr => !cidr.Overlaps(pods) && !used.Any(cidr.Overlaps));
        return (pods.ToString(), services.ToString());
    }

    /// <summary>Each node takes a /24.</summary>
    private static int Room(Cidr cidr) => 1 << (24 - cidr.Prefix);

    private static Cidr First(string[] candidates, Func<Cidr, bool> accepts)
    {
        var cidrs = candidates.Select(text => Cidr.TryParse(text, out var cidr) ? cidr : throw new InvalidOperationException($"'{text}' is no CIDR")).ToList();
        // When nothing is free the default is written, and reading the draft tells what overlaps.
        return cidrs.FirstOrDefault(accepts) ?? cidrs[0];
    }
}
