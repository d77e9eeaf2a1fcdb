using Slipway.Core.MachineConfig.Documents;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Slipway.Core.MachineConfig.Patching;

/// <summary>
/// Applies the documents of one strategic merge patch in their order (pkg/machinery/config/configpatcher/strategic.go): the
/// deletes of a document first, then what is left of it; a document without counterpart is appended, a delete without
/// one is nothing.
/// </summary>
internal static class StrategicPatch
{
    public static void Apply(List<ConfigDocument> config, IEnumerable<YamlMappingNode> patch, PatchFindings findings)
    {
        foreach (var root in patch)
        {
            var selectors = new DeleteExtractor(findings).Extract(root, out var isEmpty);
            foreach (var selector in selectors)
            {
                Delete(config, selector, findings);
            }

            if (!isEmpty)
            {
                Merge(config, root, findings);
            }
        }
    }

    private static void Delete(List<ConfigDocument> config, DeleteSelector selector, PatchFindings findings)
    {
        if (config.Find(document => document.Identity == selector.Identity) is not { } target)
        {
            return;
        }

        if (selector.Path.Count == 0)
        {
            config.Remove(target);
        }
        else
        {
            new DeleteApplier(findings).Apply(target, selector);
            if (target.IsLegacy && !MachineConfigText.IsLegacy(target.Root))
            {
                // Talos prints the two sections also when there is nothing in them; without either it would not know the document again.
                target.Root.Put("machine", new YamlScalarNode("null") { Style = ScalarStyle.Plain });
            }
        }
    }

    private static void Merge(List<ConfigDocument> config, YamlMappingNode root, PatchFindings findings)
    {
        if (MachineConfigText.Identify(findings.Patch, root, findings.All) is not { } document)
        {
            return;
        }

        PatchCheck.Check(document, findings);
        if (findings.HasErrors)
        {
            return;
        }

        PatchDecoding.Normalize(document);
        if (document.IsLegacy)
        {
            TrimInlineManifests(root);
        }

        if (config.Find(candidate => candidate.Identity == document.Identity) is { } left)
        {
            new StrategicMerge(findings).Document(left, root);
        }
        else
        {
            config.Add(document);
        }
    }

    /// <summary>Talos drops blank lines before an inline manifest when it decodes one.</summary>
    private static void TrimInlineManifests(YamlMappingNode root)
    {
        if ((root.Find("cluster") as YamlMappingNode)?.Find("inlineManifests") is not YamlSequenceNode manifests)
        {
            return;
        }

        foreach (var manifest in manifests.Children.OfType<YamlMappingNode>())
        {
            if (manifest.Find("contents") is YamlScalarNode { Value: { } text } contents && text.TrimStart('\t', '\n', '\v', '\f', '\r') is var trimmed && trimmed.Length < text.Length)
            {
                manifest.Put("contents", new YamlScalarNode(trimmed) { Style = trimmed.Length == 0 ? ScalarStyle.DoubleQuoted : contents.Style });
            }
        }
    }
}
