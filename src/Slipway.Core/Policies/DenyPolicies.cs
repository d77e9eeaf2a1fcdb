using System.Net;
using System.Text.Json.Nodes;
using Slipway.Core.Planning;
using Slipway.Core.Spec;

namespace Slipway.Core.Policies;

/// <summary>
/// Sources that are always dropped, on validator nodes and on pods. Deny wins over every allow, so operators, nodes and pods
/// are cut out of the denied ranges here and not by an allow rule elsewhere. Cilium has no rate limits: those are the XDP
/// filter's.
/// </summary>
internal static class DenyPolicies
{
    public static IEnumerable<Manifest> For(ClusterSpec spec)
    {
        var denied = Denied(spec).ToList();
        if (denied.Count == 0)
        {
            yield break;
        }

        if (ValidatorNodes.Of(spec).Count > 0)
        {
            yield return PolicyJson.ClusterPolicy("slipway-deny-validators", Spec(
                "nodeSelector", PolicyJson.Labels(new KeyValuePair<string, string>(ValidatorNodes.LabelKey, ValidatorNodes.LabelValue)), denied));
        }

        yield return PolicyJson.ClusterPolicy("slipway-deny-pods", Spec("endpointSelector", [], denied));
    }

    /// <summary>Ranges that can be denied, each with what must stay reachable inside it.</summary>
    public static IEnumerable<(string Cidr, IReadOnlyList<string> Except)> Denied(ClusterSpec spec)
    {
        var kept = Protected(spec).ToList();
        foreach (var text in spec.Policies.DenyCidrs)
        {
            if (Cidrs.TryParse(text, out var range) && !kept.Exists(keep => Cidrs.Contains(keep, range)))
            {
                yield return ($"{range}", [.. kept.Where(keep => Cidrs.Contains(range, keep)).Select(keep => $"{keep}").Distinct(StringComparer.Ordinal)]);
            }
        }
    }

    /// <summary>Operators, nodes, pods and services.</summary>
    public static IEnumerable<IPNetwork> Protected(ClusterSpec spec)
    {
        var texts = spec.Network.OperatorCidrs
            .Concat(spec.Network.PodCidrs)
            .Concat(spec.Network.ServiceCidrs)
            .Concat(spec.Nodes.Select(node => Cidrs.Single(node.Address) ?? ""))
            .Append(Cidrs.Single(spec.Endpoint.Host.Trim('[', ']')) ?? "");
        foreach (var text in texts)
        {
            if (Cidrs.TryParse(text, out var range))
            {
                yield return range;
            }
        }
    }

    private static JsonObject Spec(string selector, JsonObject selected, List<(string Cidr, IReadOnlyList<string> Except)> denied) => new()
    {
        ["description"] = "Sources that are always dropped.",
        [selector] = selected,
        // A deny section alone would switch default deny on for all that it selects.
        ["enableDefaultDeny"] = new JsonObject { ["ingress"] = false, ["egress"] = false },
        ["ingressDeny"] = new JsonArray(new JsonObject
        {
            ["fromCIDRSet"] = PolicyJson.List(denied.Select(range => Set(range.Cidr, range.Except))),
        }),
    };

    private static JsonObject Set(string cidr, IReadOnlyList<string> except)
    {
        var set = new JsonObject { ["cidr"] = cidr };
        if (except.Count > 0)
        {
            set["except"] = PolicyJson.Texts(except);
        }

        return set;
    }
}
