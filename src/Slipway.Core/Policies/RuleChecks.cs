using System.Text.Json;
using System.Text.Json.Nodes;
using Slipway.Core.Cilium;

namespace Slipway.Core.Policies;

/// <summary>Checks one entry of ingress, egress or their deny twins.</summary>
internal static class RuleChecks
{
    public static void Check(string path, JsonObject rule, string section, bool host, PolicyFindings findings)
    {
        var ingress = section.StartsWith("ingress", StringComparison.Ordinal);
        var (known, peers) = ingress ? (PolicyFields.Ingress, PolicyFields.IngressPeers) : (PolicyFields.Egress, PolicyFields.EgressPeers);
        PolicyRules.Fields(path, rule, known, findings,
            ("from", "that is a Kubernetes NetworkPolicy's; here it is fromEndpoints, fromCIDR, fromEntities"),
            ("to", "that is a Kubernetes NetworkPolicy's; here it is toEndpoints, toCIDR, toEntities, toFQDNs"),
            ("ports", "here it is toPorts: [{ports: […]}]"));

        if (peers.Where(peer => rule[peer] is JsonArray { Count: > 0 }).ToList() is [_, _, ..] several)
        {
            findings.Error(path, $"{string.Join(" and ", several)} in one rule: the agent refuses to combine them", "one rule for each");
        }

        if (rule.ContainsKey("icmps") && rule.ContainsKey("toPorts"))
        {
            findings.Error(path, "icmps and toPorts in one rule: the agent refuses to combine them", "one rule for each");
        }

        if (section.EndsWith("Deny", StringComparison.Ordinal) && rule.ContainsKey("toFQDNs"))
        {
            findings.Error($"{path}.toFQDNs", "names cannot be denied", "an egress rule that allows what is meant");
        }
        else if (host && rule.ContainsKey("toFQDNs"))
        {
            findings.Error($"{path}.toFQDNs", "a host's own lookups pass no DNS proxy, so names cannot be known there", "toCIDR");
        }

        Entities(path, rule, ingress ? "fromEntities" : "toEntities", findings);
        Ranges(path, rule, ingress ? "fromCIDR" : "toCIDR", findings);
        foreach (var (ports, index) in PolicyRules.Items(rule["toPorts"]))
        {
            PortChecks.Check($"{path}.toPorts[{index}]", ports, host, findings);
        }
    }

    private static void Entities(string path, JsonObject rule, string field, PolicyFindings findings)
    {
        foreach (var item in rule[field] as JsonArray ?? [])
        {
            if (item?.GetValueKind() == JsonValueKind.String && item.GetValue<string>() is var entity && !PolicyFields.Entities.Contains(entity, StringComparer.Ordinal))
            {
                var near = Nearest.To(entity, PolicyFields.Entities);
                findings.Error($"{path}.{field}", $"'{entity}' is no entity", $"one of {string.Join(", ", PolicyFields.Entities)}", near is null ? null : $"did you mean {near}?");
            }
        }
    }

    private static void Ranges(string path, JsonObject rule, string field, PolicyFindings findings)
    {
        foreach (var item in rule[field] as JsonArray ?? [])
        {
            Range($"{path}.{field}", item, findings);
        }

        foreach (var (set, index) in PolicyRules.Items(rule[$"{field}Set"]))
        {
            var at = $"{path}.{field}Set[{index}]";
            if (set["cidr"] is not { } cidr)
            {
                continue;
            }

            Range($"{at}.cidr", cidr, findings);
            foreach (var except in set["except"] as JsonArray ?? [])
            {
                if (except is not null && Cidrs.TryParse($"{cidr}", out var outer) && Cidrs.TryParse($"{except}", out var inner) && !Cidrs.Contains(outer, inner))
                {
                    findings.Error($"{at}.except", $"{inner} is not part of {outer}", "ranges inside cidr");
                }
            }
        }
    }

    private static void Range(string path, JsonNode? value, PolicyFindings findings)
    {
        if (value?.GetValueKind() != JsonValueKind.String || !Cidrs.TryParse(value.GetValue<string>(), out _))
        {
            findings.Error(path, $"{value?.ToJsonString() ?? "null"} is no address range", "a CIDR with zero host bits, such as 10.0.0.0/8");
        }
    }
}
