using Slipway.Core.Diagnostics;
using Slipway.Core.MachineConfig.Documents;
using Slipway.Core.Yaml;
using YamlDotNet.RepresentationModel;

namespace Slipway.Core.Installers;

/// <summary>Reads what a node or an image factory tells of a schematic.</summary>
public static class SchematicReader
{
    /// <summary>
    /// Null when the text is no schematic, or says what Slipway has no word for (an overlay, META values): such a one must not
    /// be taken for less than it is.
    /// </summary>
    public static Schematic? Read(string yaml)
    {
        var findings = new List<Diagnostic>();
        var roots = YamlText.Load("schematic", yaml, findings);
        if (findings.Count > 0 || roots is not [YamlMappingNode root] || root.Find("customization") is not YamlMappingNode customization)
        {
            return null;
        }

        var schematic = new Schematic
        {
            KernelArguments = Texts(customization.Find("extraKernelArgs")),
            Extensions = Texts((customization.Find("systemExtensions") as YamlMappingNode)?.Find("officialExtensions")),
        };
        return schematic.ToYaml() == yaml ? schematic : null;
    }

    private static IReadOnlyList<string> Texts(YamlNode? node) => node is YamlSequenceNode list ? [.. list.Children.Select(item => item.Text() ?? "")] : [];
}
