using Slipway.Core.Diagnostics;
using Slipway.Core.MachineConfig.Documents;
using Slipway.Core.MachineConfig.Patching;
using Slipway.Core.MachineConfig.Rendering;
using Slipway.Core.Secrets;
using Slipway.Core.Yaml;
using YamlDotNet.RepresentationModel;

namespace Slipway.Core.MachineConfig;

/// <summary>
/// Patches machine configs as Talos does (pkg/machinery/config/configpatcher): strategic merge patches document by document,
/// RFC 6902 patches on configs of one document. Fields that are not known here survive, as do key order and quotes;
/// comments do not. Note that lists grow: a patch applied twice is not the same as once.
/// </summary>
public static class ConfigPatcher
{
    /// <summary>Applies the patches in their order. Findings name the patch, or <paramref name="file"/> where the config itself is wrong.</summary>
    /// <param name="file">What findings call the config.</param>
    public static ConfigResult Apply(string file, string config, IReadOnlyList<PatchSource> patches)
    {
        var findings = new List<Diagnostic>();
        var documents = MachineConfigText.Parse(file, config, findings).ToList();
        foreach (var patch in patches)
        {
            if (HasErrors(findings))
            {
                break;
            }

            Apply(documents, patch, findings);
        }

        return new ConfigResult(HasErrors(findings) ? null : new Sensitive(MachineConfigText.Write(documents)), findings);
    }

    /// <summary>
    /// As <see cref="Apply(string, string, IReadOnlyList{PatchSource})"/>, and then takes out of lists that are sets by their
    /// nature what stands in them a second time: where Talos' patches make lists grow, the same patch twice is the patch once.
    /// </summary>
    public static ConfigResult ApplyOnce(string file, string config, IReadOnlyList<PatchSource> patches)
    {
        var result = Apply(file, config, patches);
        if (result.Config is null)
        {
            return result;
        }

        var documents = MachineConfigText.Parse(file, result.Config.Reveal(), new List<Diagnostic>());
        ListDuplicates.Remove(documents);
        return result with { Config = new Sensitive(MachineConfigText.Write(documents)) };
    }

    private static bool HasErrors(List<Diagnostic> findings) => findings.Exists(finding => finding.Severity == Severity.Error);

    private static void Apply(List<ConfigDocument> documents, PatchSource patch, List<Diagnostic> findings)
    {
        // A JSON reader would take what a YAML reader refuses, and the result could not be read back.
        if (YamlCharacters.FirstProblem(patch.Name, patch.Text, YamlLimits.Default) is { } problem)
        {
            findings.Add(problem);
            return;
        }

        var told = new PatchFindings(patch.Name, findings);
        if (JsonPatchReader.FromJson(patch.Text) is { } json)
        {
            JsonPatch.Apply(documents, json, told);
            return;
        }

        var roots = MachineConfigText.Roots(patch.Name, patch.Text, findings);
        if (roots is [YamlSequenceNode list])
        {
            JsonPatch.Apply(documents, list, told);
            return;
        }

        foreach (var root in roots.Where(root => root is not YamlMappingNode))
        {
            told.Error(root, "", $"a patch is {root.FormName()}", "documents to merge, or one list of JSON patch operations");
        }

        if (!told.HasErrors)
        {
            StrategicPatch.Apply(documents, roots.Cast<YamlMappingNode>(), told);
        }
    }
}
