using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Slipway.Core.Cilium;

namespace Slipway.Core.Policies;

/// <summary>Checks one entry of toPorts.</summary>
internal static class PortChecks
{
    /// <summary>The CRD's limit, and the agent's.</summary>
    private const int MaxPorts = 40;

    public static void Check(string path, JsonObject entry, bool host, PolicyFindings findings)
    {
        PolicyRules.Fields(path, entry, PolicyFields.PortRule, findings, ("port", "here it is ports: [{port: \"443\", protocol: TCP}]"));
        var ports = PolicyRules.Items(entry["ports"]).ToList();
        if (ports.Count > MaxPorts)
        {
            findings.Error($"{path}.ports", $"{ports.Count} ports", $"at most {MaxPorts} in one entry", "use endPort, or a second entry of toPorts");
        }

        foreach (var (port, index) in ports)
        {
            Port($"{path}.ports[{index}]", port, findings);
        }

        if (entry["rules"] is not JsonObject { Count: > 0 } rules)
        {
            return;
        }

        var layer7 = string.Join(" and ", rules.Select(rule => rule.Key));
        if (host)
        {
            findings.Error($"{path}.rules", $"{layer7} rules in a policy on nodes: the agent refuses them", "no rules here");
        }

        if (ports.Exists(port => port.Item.ContainsKey("endPort")))
        {
            findings.Error($"{path}.rules", $"{layer7} rules on a range of ports: the agent refuses them", "single ports");
        }
    }

    private static void Port(string path, JsonObject port, PolicyFindings findings)
    {
        PolicyRules.Fields(path, port, PolicyFields.Port, findings);
        var first = First($"{path}.port", port["port"], findings);
        if (port["protocol"] is { } protocol && !PolicyFields.Protocols.Contains($"{protocol}", StringComparer.Ordinal))
        {
            findings.Error($"{path}.protocol", $"'{protocol}'", $"one of {string.Join(", ", PolicyFields.Protocols)}",
                Nearest.To($"{protocol}", PolicyFields.Protocols) is { } near ? $"did you mean {near}?" : null);
        }

        if (port["endPort"] is not { } end)
        {
            return;
        }

        if (end.GetValueKind() != JsonValueKind.Number || !int.TryParse(end.ToJsonString(), CultureInfo.InvariantCulture, out var last) || last is < 1 or > 65535)
        {
            findings.Error($"{path}.endPort", end.ToJsonString(), "an integer from 1 to 65535");
        }
        else if (first is null)
        {
            findings.Error($"{path}.endPort", "a range needs a number in port", "port: \"8000\" beside endPort: 8002");
        }
        else if (last < first)
        {
            findings.Error($"{path}.endPort", $"{last} is below port {first}: Cilium would take it for that single port", $"{first} or more");
        }
    }

    /// <summary>The number in port; null when it is a name or nothing that can be used.</summary>
    private static int? First(string path, JsonNode? port, PolicyFindings findings)
    {
        if (port?.GetValueKind() != JsonValueKind.String)
        {
            findings.Error(path, port?.ToJsonString() ?? "nothing", "text: a port in quotes", port is null ? null : $"write \"{port.ToJsonString()}\"");
            return null;
        }

        var text = port.GetValue<string>();
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            if (number > 65535)
            {
                findings.Error(path, $"\"{text}\"", "a port up to 65535");
            }

            return number;
        }

        if (text.Split('-') is [var low, var high] && int.TryParse(low, NumberStyles.None, CultureInfo.InvariantCulture, out _) && int.TryParse(high, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            findings.Error(path, $"\"{text}\" is no range: the API server accepts it, the agent refuses it, and nothing is enforced", $"port: \"{low}\" and endPort: {high}");
        }
        else if (!text.Any(char.IsAsciiLetter) || text.Length > 15 || text.Any(c => !char.IsAsciiLetterOrDigit(c) && c != '-'))
        {
            findings.Error(path, $"\"{text}\"", "a number, or the name of a container's port");
        }

        return null;
    }
}
