using Slipway.Core.Planning;
using Slipway.Core.Spec.Formats;

namespace Slipway.Core.Spec.Drafting;

/// <summary>Finds the link that carries a node's address.</summary>
internal static class MainLink
{
    /// <summary>The link with the address, else the only one that is up, else none: a wrong link would cut the node off.</summary>
    public static LinkObservation? Choose(IReadOnlyList<LinkObservation> links, string address)
    {
        var wanted = IpText.Canonical(address);
        var up = links.Where(link => link.Up).ToList();
        return links.FirstOrDefault(link => link.Addresses.Any(own => IpText.Canonical(own.Split('/')[0]) == wanted))
            ?? (up.Count == 1 ? up[0] : null);
    }
}
