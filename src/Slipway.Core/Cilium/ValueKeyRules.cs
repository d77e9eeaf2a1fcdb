using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Slipway.Core.Versions;

namespace Slipway.Core.Cilium;

/// <summary>
/// Holds the user's keys against those that the chart reads. helm itself accepts nearly everything: no Cilium chart forbids
/// additional properties, so a misspelt key just has no effect.
/// </summary>
internal static class ValueKeyRules
{
    /// <summary>Keys that people write in good faith, and what is true instead.</summary>
    private static readonly Dictionary<string, string> s_misbeliefs = new(StringComparer.Ordinal)
    {
        ["bpf/hostRouting"] = "the key is bpf.hostLegacyRouting, and its sense is the opposite",
        ["installIptablesRules"] = "no chart value switches iptables rules off",
        ["iptables"] = "no chart value switches iptables rules off",
        ["mtu"] = "the key is MTU, in capitals",
        ["tunnel"] = "write routingMode: native, or tunnelProtocol; the chart ends with an error on 'tunnel'",
        ["xdp"] = "the XDP hook is taken by loadBalancer.acceleration",
        ["auditMode"] = "the key is policyAuditMode; audit mode is the whole cluster's",
    };

    public static void Check(JsonObject user, ReleaseVersion chart, ValueFindings findings) =>
        Map(user, "", ValueKeys.Newest, ValueKeys.Newest.Knows(chart), findings);

    private static void Map(JsonObject map, string path, ValueKeys keys, bool exact, ValueFindings findings)
    {
        foreach (var (key, value) in map)
        {
            var at = path.Length > 0 ? $"{path}/{key}" : key;
            var kinds = keys.KindsOf(at);
            if (kinds == ValueKinds.None)
            {
                if (!keys.KindsOf(path).HasFlag(ValueKinds.OpenMap))
                {
                    Unknown(at, path, key, keys, exact, findings);
                }

                continue;
            }

            // Null deletes the chart's default, whatever its type.
            if (value is not null && (kinds & (KindsOf(value) | ValueKinds.Any)) == ValueKinds.None)
            {
                findings.Error(at, $"got {Describe(value)}", Describe(kinds), Quoting(value, kinds));
            }
            else if (value is JsonObject inner && !kinds.HasFlag(ValueKinds.Any))
            {
                Map(inner, at, keys, exact, findings);
            }
        }
    }

    private static void Unknown(string at, string path, string key, ValueKeys keys, bool exact, ValueFindings findings)
    {
        var hint = s_misbeliefs.GetValueOrDefault(at)
            ?? (Nearest.To(key, keys.ChildrenOf(path)) is { } near ? $"did you mean {near}?" : null)
            ?? (Elsewhere(key, keys) is { } elsewhere ? $"there is {elsewhere}" : null);
        if (exact)
        {
            findings.Error(at, $"chart {keys.Line} reads no such value; helm would ignore it without a word", null, hint);
        }
        else
        {
            findings.Warning(at, $"chart {keys.Line}, the newest that Slipway knows the keys of, reads no such value", null, hint);
        }
    }

    /// <summary>The one place where a key of this name does exist.</summary>
    private static string? Elsewhere(string key, ValueKeys keys) =>
        keys.Paths.Where(path => path.EndsWith($"/{key}", StringComparison.OrdinalIgnoreCase)).Take(2).ToList() is [var only] ? only.Replace('/', '.') : null;

    private static ValueKinds KindsOf(JsonNode value) => value.GetValueKind() switch
    {
        JsonValueKind.String => ValueKinds.Text,
        JsonValueKind.True or JsonValueKind.False => ValueKinds.Boolean,
        JsonValueKind.Array => ValueKinds.List,
        JsonValueKind.Object => ValueKinds.Map,
        // helm's schema takes 3.0 for an integer.
        JsonValueKind.Number => double.IsInteger(double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture)) ? ValueKinds.Integer | ValueKinds.Number : ValueKinds.Number,
        _ => ValueKinds.Null,
    };

    private static string Describe(JsonNode value) => value switch
    {
        JsonObject => "a mapping",
        JsonArray => "a list",
        _ when value.GetValueKind() == JsonValueKind.String => $"the text {value.ToJsonString()}",
        _ => value.ToJsonString(),
    };

    private static string Describe(ValueKinds kinds) => string.Join(" or ", new[]
    {
        (ValueKinds.Boolean, "true or false"),
        (ValueKinds.Number, "a number"),
        (ValueKinds.Integer, "an integer"),
        (ValueKinds.Text, "text"),
        (ValueKinds.List, "a list"),
        (ValueKinds.Map, "a mapping"),
    }.Where(kind => kinds.HasFlag(kind.Item1) && !(kind.Item1 == ValueKinds.Integer && kinds.HasFlag(ValueKinds.Number))).Select(kind => kind.Item2));

    private static string? Quoting(JsonNode value, ValueKinds kinds) => (value.GetValueKind(), kinds) switch
    {
        (JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False, _) when kinds.HasFlag(ValueKinds.Text) => "put it in quotes",
        (JsonValueKind.String, _) when (kinds & (ValueKinds.Integer | ValueKinds.Number | ValueKinds.Boolean)) != ValueKinds.None => "take the quotes away",
        _ => null,
    };
}
