using Slipway.Core.MachineConfig.Documents;
using YamlDotNet.RepresentationModel;

namespace Slipway.Core.MachineConfig.Patching;

/// <summary>
/// RFC 6902 on YAML nodes. Talos refuses it on configs of several documents, and configs that Talos 1.12 and later generate
/// always have several.
/// </summary>
internal static class JsonPatch
{
    public static void Apply(List<ConfigDocument> config, YamlSequenceNode operations, PatchFindings findings)
    {
        if (config.Count != 1)
        {
            findings.Error(operations, "", $"JSON patches are not supported for machine configs of several documents; this one has {config.Count}: {string.Join(", ", config.Select(document => document.Label))}", hint: "write the change as a strategic merge patch");
            return;
        }

        for (var i = 0; i < operations.Children.Count && !findings.HasErrors; i++)
        {
            Apply(config, operations.Children[i], i, findings);
        }
    }

    private static void Apply(List<ConfigDocument> config, YamlNode node, int index, PatchFindings findings)
    {
        if (node is not YamlMappingNode map)
        {
            findings.Error(node, $"[{index}]", $"an operation is a map, not {node.FormName()}");
            return;
        }

        var operation = map.Find("op").Text();
        var path = map.Find("path").Text();
        var from = map.Find("from").Text();
        if (operation is not ("add" or "remove" or "replace" or "move" or "copy" or "test"))
        {
            findings.Error(map, $"[{index}].op", operation is null ? "the operation has no op" : $"unknown operation '{operation}'", "add, remove, replace, move, copy or test");
        }
        else if (path is null)
        {
            findings.Error(map, $"[{index}].path", "the operation has no path", "a JSON pointer such as /machine/network/hostname");
        }
        else if (operation is "move" or "copy" && from is null)
        {
            findings.Error(map, $"[{index}].from", $"{operation} has no from", "a JSON pointer");
        }
        else if (operation is "add" or "replace" or "test" && map.Find("value") is null)
        {
            findings.Error(map, $"[{index}].value", $"{operation} has no value");
        }
        else
        {
            var target = new JsonPatchTarget(config[0].Root);
            var error = target.Run(operation, path, from, map.Find("value"));
            if (error is not null)
            {
                findings.Error(map, path, $"{operation} failed: {error}");
            }
            else if (target.Root is not YamlMappingNode root)
            {
                findings.Error(map, path, $"the config would become {target.Root.FormName()}", "a map");
            }
            else if (MachineConfigText.Identify(findings.Patch, root, findings.All) is { } document)
            {
                config[0] = document;
            }
        }
    }
}
