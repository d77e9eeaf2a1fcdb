using Slipway.Core.MachineConfig.Documents;
using YamlDotNet.RepresentationModel;

namespace Slipway.Core.MachineConfig.Validation;

/// <summary>One document a link, over all kinds of links; and one a virtual IP.</summary>
internal sealed class LinkNamesRule : IConfigRule
{
    private static readonly string[] s_links = ["LinkConfig", "BondConfig", "BridgeConfig", "DummyLinkConfig", "VLANConfig", "VRFConfig", "VethConfig", "WireguardConfig"];

    private static readonly string[] s_addresses = ["Layer2VIPConfig", "HCloudVIPConfig"];

    public void Check(ValidationContext context)
    {
        Check(context, s_links, "link");
        Check(context, s_addresses, "virtual IP");
    }

    private static void Check(ValidationContext context, string[] kinds, string what)
    {
        var owners = new Dictionary<string, ConfigDocument>(StringComparer.Ordinal);
        foreach (var document in context.Documents.Where(document => kinds.Contains(document.Kind)))
        {
            var peer = document.Kind == "VethConfig" ? (document.Root.Find("peer") as YamlMappingNode)?.Find("name").Text() : null;
            foreach (var name in new[] { document.Name, peer }.OfType<string>())
            {
                if (!owners.TryAdd(name, document))
                {
                    context.Error(document.Root, "name", $"{document.Label} and {owners[name].Label} at line {owners[name].Line} both configure the {what} {name}", "one document for each");
                }
            }
        }
    }
}
