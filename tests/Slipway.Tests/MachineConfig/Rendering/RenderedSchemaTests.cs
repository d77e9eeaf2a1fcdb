using System.Text.Json.Nodes;
using Slipway.Core.Diagnostics;
using Slipway.Core.MachineConfig.Documents;
using Slipway.Core.MachineConfig.Rendering;
using Slipway.Core.Spec;
using YamlDotNet.RepresentationModel;

namespace Slipway.Tests.MachineConfig.Rendering;

/// <summary>An older Talos refuses what a newer one knows: every key has to be in the schema of the node's own version.</summary>
public sealed class RenderedSchemaTests
{
    private static readonly BondSpec Bond = new() { Members = [new(null, "52:54:00:00:00:01", null), new(null, null, "0000:81:00.1")], LacpRate = "fast", XmitHashPolicy = "layer3+4" };

    [Theory]
    [MemberData(nameof(NodeRendererTests.EveryDialect), MemberType = typeof(NodeRendererTests))]
    public void Every_key_is_known_to_the_Talos_it_is_for(string talos, NodeRole role)
    {
        Assert.Empty(Unknown(talos, role, new InterfaceSpec { Name = "enp1s0", Addresses = ["10.0.0.21/24"], Gateway = "10.0.0.1", Vlan = new VlanSpec(7, [], null) }));
        Assert.Empty(Unknown(talos, role, new InterfaceSpec { Name = "bond0", Addresses = ["10.0.0.21/24"], Gateway = "10.0.0.1", Vlan = new VlanSpec(7, [], null), Bond = Bond }));
        Assert.Empty(Unknown(talos, role, new InterfaceSpec { Name = "bond0", Bond = Bond with { Members = [new("enp1s0", null, null), new("enp2s0", null, null)] } }));
    }

    private static List<string> Unknown(string talos, NodeRole role, InterfaceSpec link)
    {
        var schema = JsonNode.Parse(TalosVectors.Read("schema", $"v{talos}.json"))!;
        var definitions = schema["$defs"]!.AsObject();
        var request = Rendered.Request(talos, role, node => node with
        {
            Interface = link,
            Labels = new Dictionary<string, string> { ["zone"] = "a" },
            Taints = new Dictionary<string, string> { ["dedicated"] = "validator:NoSchedule" },
            Profile = "epyc",
            Layout = FullProfile.Firedancer,
        }, spec => spec with
        {
            Policies = spec.Policies with { HostFirewall = true },
            Network = spec.Network with { OperatorCidrs = ["192.0.2.0/24"] },
            Xdp = new XdpSpec { Mode = XdpMode.Observe },
        });
        var documents = MachineConfigText.Parse("rendered", new Rendered(NodeRenderer.Render(request)).Text, new List<Diagnostic>());
        var unknown = new List<string>();
        foreach (var document in documents)
        {
            var name = document.IsLegacy ? "v1alpha1.Config" : definitions.Select(pair => pair.Key).SingleOrDefault(key => IsKind(key, definitions[key]!, document.Kind));
            if (name is null)
            {
                unknown.Add($"kind {document.Kind}");
                continue;
            }

            Walk(document.Root, definitions[name]!, document.Label);
        }

        return unknown;

        void Walk(YamlNode node, JsonNode type, string path)
        {
            type = type["$ref"]?.GetValue<string>() is { } reference ? definitions[reference["#/$defs/".Length..]]! : type;
            if (node is YamlSequenceNode list && type["items"] is JsonObject items)
            {
                foreach (var item in list.Children)
                {
                    Walk(item, items, path + "[]");
                }
            }
            else if (node is YamlMappingNode map && type["properties"] is JsonObject properties)
            {
                foreach (var (key, value) in map.Children)
                {
                    if (properties[key.KeyText()] is { } child)
                    {
                        Walk(value, child, $"{path}.{key}");
                    }
                    else if (path != "v1alpha1" || key.KeyText() != "persist")
                    {
                        // Talos' own generator writes "persist", but its schema keeps quiet about it.
                        unknown.Add($"{path}.{key}");
                    }
                }
            }
        }
    }

    /// <summary>By name too: 1.14's schema calls UnattendedInstallConfig's kind UnattendedInstall, its code does not.</summary>
    private static bool IsKind(string name, JsonNode definition, string kind) =>
        name.EndsWith($".{kind}V1Alpha1", StringComparison.Ordinal)
        || (definition["properties"]?["kind"]?["enum"] is JsonArray { Count: 1 } kinds && kinds[0]!.GetValue<string>() == kind);
}
