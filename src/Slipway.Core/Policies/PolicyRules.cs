using System.Text.Json;
using System.Text.Json.Nodes;
using Slipway.Core.Cilium;
using Slipway.Core.Diagnostics;
using Slipway.Core.Planning;

namespace Slipway.Core.Policies;

/// <summary>
/// Finds what the API server lets pass and the agent then refuses: such a policy exists, may even say Valid=True, and enforces
/// nothing. Sources: the checks of Cilium 1.16's policy parser, tried one by one.
/// </summary>
public static class PolicyRules
{
    /// <summary>Findings about a Cilium policy; none about objects of other kinds.</summary>
    public static IReadOnlyList<Diagnostic> Check(Manifest manifest)
    {
        var findings = new List<Diagnostic>();
        if (!manifest.Id.ApiVersion.StartsWith("cilium.io/", StringComparison.Ordinal) || manifest.Id.Kind is not ("CiliumNetworkPolicy" or "CiliumClusterwideNetworkPolicy"))
        {
            return findings;
        }

        var report = new PolicyFindings(manifest.Id, findings);
        var specs = Specs(manifest.Content).ToList();
        if (specs.Count == 0)
        {
            report.Error("", "neither spec nor specs: the policy says nothing", "a spec with a selector and rules");
        }

        foreach (var (path, spec) in specs)
        {
            Spec(manifest.Id, path, spec, report);
        }

        return findings;
    }

    /// <summary>Each entry of specs is checked: 1.16's operator reports on the last one only.</summary>
    private static IEnumerable<(string Path, JsonObject Spec)> Specs(JsonObject content)
    {
        if (content["spec"] is JsonObject spec)
        {
            yield return ("spec", spec);
        }

        foreach (var (item, index) in Items(content["specs"]))
        {
            yield return ($"specs[{index}]", item);
        }
    }

    private static void Spec(ManifestId id, string path, JsonObject spec, PolicyFindings findings)
    {
        Fields(path, spec, PolicyFields.Spec, findings, ("auditMode", "audit mode is the whole cluster's: policies.audit in cluster.yaml"));
        var host = spec.ContainsKey("nodeSelector");
        if (host && id.Kind == "CiliumNetworkPolicy")
        {
            findings.Error($"{path}.nodeSelector", "a namespaced policy cannot select nodes: the operator calls it valid, the agent refuses it", "a CiliumClusterwideNetworkPolicy");
        }

        if (host == spec.ContainsKey("endpointSelector"))
        {
            findings.Error(path, host ? "both endpointSelector and nodeSelector" : "no selector", "exactly one of endpointSelector and nodeSelector");
        }

        string[] sections = ["ingress", "ingressDeny", "egress", "egressDeny"];
        if (!sections.Any(spec.ContainsKey))
        {
            findings.Error(path, "a selector without rules; Cilium refuses it from 1.17 on", "one of ingress, ingressDeny, egress, egressDeny");
        }

        foreach (var section in sections)
        {
            foreach (var (rule, index) in Items(spec[section]))
            {
                RuleChecks.Check($"{path}.{section}[{index}]", rule, section, host, findings);
            }
        }

        foreach (var (deny, allow) in (ReadOnlySpan<(string, string)>)[("ingressDeny", "ingress"), ("egressDeny", "egress")])
        {
            if (spec.ContainsKey(deny) && !spec.ContainsKey(allow) && spec["enableDefaultDeny"]?[allow]?.GetValueKind() != JsonValueKind.False)
            {
                findings.Warning($"{path}.{deny}", $"a deny section alone drops all other {allow} too", $"enableDefaultDeny: {{{allow}: false}}, unless that is meant");
            }
        }

        LearnsNames(path, spec, findings);
    }

    private static void LearnsNames(string path, JsonObject spec, PolicyFindings findings)
    {
        var egress = Items(spec["egress"]).ToList();
        var learns = egress.SelectMany(rule => Items(rule.Item["toPorts"])).Any(ports => ports.Item["rules"]?["dns"] is not null);
        if (!learns && egress.Exists(rule => rule.Item.ContainsKey("toFQDNs")))
        {
            findings.Warning($"{path}.egress", "toFQDNs without a dns rule in the same policy: the proxy learns no names unless another policy has one", "rules.dns on the egress to kube-dns");
        }
    }

    internal static void Fields(string path, JsonObject map, string[] known, PolicyFindings findings, params ReadOnlySpan<(string Key, string Hint)> hints)
    {
        foreach (var (key, _) in map)
        {
            if (known.Contains(key, StringComparer.Ordinal))
            {
                continue;
            }

            string? hint = null;
            foreach (var (misbelief, truth) in hints)
            {
                hint = misbelief == key ? truth : hint;
            }

            hint ??= Nearest.To(key, known) is { } near ? $"did you mean {near}?" : null;
            findings.Error($"{path}.{key}", "no such field: the API server would drop it, and what is left can mean 'from everywhere'", null, hint);
        }
    }

    internal static IEnumerable<(JsonObject Item, int Index)> Items(JsonNode? list) =>
        list is JsonArray items ? items.Select((item, index) => (Item: item as JsonObject, index)).Where(entry => entry.Item is not null).Select(entry => (entry.Item!, entry.index)) : [];
}
