using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Slipway.Rehearsal.Kubernetes.Controllers;

/// <summary>The CRDs that the Cilium operator registers, with schemas built from <see cref="CiliumFields"/>: field names and types, enough to refuse a typo.</summary>
internal static partial class CiliumDefinitions
{
    private static readonly Dictionary<string, string> Types = CiliumFields.Text
        .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(line => line.Split('=', 2, StringSplitOptions.TrimEntries))
        .ToDictionary(parts => parts[0], parts => parts[1]);

    public static IEnumerable<JsonObject> All() =>
    [
        Definition("CiliumNetworkPolicy", "ciliumnetworkpolicies", "Namespaced", Named("Policy"), ["cnp", "ciliumnp"], Valid),
        Definition("CiliumClusterwideNetworkPolicy", "ciliumclusterwidenetworkpolicies", "Cluster", Named("Policy"), ["ccnp"], Valid),
        Definition("CiliumNode", "ciliumnodes", "Cluster", Open(), ["cn", "ciliumn"]),
        Definition("CiliumEndpoint", "ciliumendpoints", "Namespaced", Open(), ["cep", "ciliumep"]),
        Definition("CiliumIdentity", "ciliumidentities", "Cluster", Open(), ["ciliumid"]),
    ];

    private static JsonObject Valid => new() { ["name"] = "Valid", ["type"] = "string", ["jsonPath"] = ".status.conditions[?(@.type=='Valid')].status" };

    private static JsonObject Definition(string kind, string plural, string scope, JsonObject schema, JsonNode[] shortNames, params JsonObject[] columns)
    {
        JsonNode age = new JsonObject { ["name"] = "Age", ["type"] = "date", ["jsonPath"] = ".metadata.creationTimestamp" };
        return new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = $"{plural}.cilium.io" },
            ["spec"] = new JsonObject
            {
                ["group"] = "cilium.io",
                ["scope"] = scope,
                ["names"] = new JsonObject { ["kind"] = kind, ["plural"] = plural, ["shortNames"] = new JsonArray([.. shortNames]), ["categories"] = new JsonArray("cilium") },
                ["versions"] = new JsonArray(new JsonObject
                {
                    ["name"] = "v2",
                    ["served"] = true,
                    ["storage"] = true,
                    ["schema"] = new JsonObject { ["openAPIV3Schema"] = schema },
                    ["subresources"] = new JsonObject { ["status"] = new JsonObject() },
                    ["additionalPrinterColumns"] = new JsonArray([age, .. columns]),
                }),
            },
        };
    }

    private static JsonObject Open() => new() { ["type"] = "object", ["x-kubernetes-preserve-unknown-fields"] = true };

    private static JsonObject Named(string name)
    {
        var properties = new JsonObject();
        foreach (var word in Types[name].Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = word.Split(':', 2);
            properties[parts[0]] = TypeOf(parts[1]);
        }

        return new JsonObject { ["type"] = "object", ["properties"] = properties };
    }

    private static JsonObject TypeOf(string text)
    {
        if (Listed().Match(text) is { Success: true } list)
        {
            var array = new JsonObject { ["type"] = "array", ["items"] = TypeOf(list.Groups[1].Value) };
            if (list.Groups[3].Success)
            {
                array["maxItems"] = int.Parse(list.Groups[3].Value, CultureInfo.InvariantCulture);
            }

            if (list.Groups[2].Success)
            {
                array["x-kubernetes-list-type"] = "map";
                array["x-kubernetes-list-map-keys"] = new JsonArray(list.Groups[2].Value);
            }

            return array;
        }

        if (Worded().Match(text) is { Success: true } words)
        {
            return new JsonObject { ["type"] = "string", ["enum"] = new JsonArray([.. words.Groups[1].Value.Split('|').Select(word => (JsonNode)word)]) };
        }

        return text switch
        {
            "*" => Open(),
            "s" => new JsonObject { ["type"] = "string" },
            "i" => new JsonObject { ["type"] = "integer" },
            "b" => new JsonObject { ["type"] = "boolean" },
            "q" => new JsonObject { ["x-kubernetes-int-or-string"] = true },
            "port" => new JsonObject { ["type"] = "integer", ["minimum"] = 0, ["maximum"] = 65535 },
            "m" => new JsonObject { ["type"] = "object", ["additionalProperties"] = new JsonObject { ["type"] = "string" } },
            _ => Named(text),
        };
    }

    [GeneratedRegex(@"^\[(.+?)(?:~(\w+))?\](\d+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Listed();

    [GeneratedRegex(@"^\(([^)]+)\)$", RegexOptions.CultureInvariant)]
    private static partial Regex Worded();
}
