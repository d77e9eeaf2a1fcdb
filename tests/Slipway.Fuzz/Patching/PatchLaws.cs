using Slipway.Core.Diagnostics;
using Slipway.Core.MachineConfig;
using Slipway.Core.MachineConfig.Documents;
using Slipway.Core.Versions;
using YamlDotNet.RepresentationModel;

namespace Slipway.Fuzz.Patching;

/// <summary>
/// What holds for every config and every patch, however broken: findings and no exceptions; a result that reads back; and the
/// laws of patching where their conditions are met. Tells what became of the input, by which inputs of a new kind are known.
/// </summary>
internal static class PatchLaws
{
    private const string AddedDocument = "{apiVersion: v1alpha1, kind: DummyLinkConfig, name: slipway-added";

    private static readonly ReleaseVersion[] s_versions = [new(1, 10, 0), new(1, 12, 0), new(1, 14, 0)];

    /// <exception cref="BrokenLawException">One of the laws does not hold.</exception>
    public static string Check(PatchInput input)
    {
        var plain = Apply(input.Config);
        if (plain.Config?.Reveal() is not { } config)
        {
            return "config: " + Kinds(plain);
        }

        Demand(Apply(config).Config?.Reveal() == config, "what was written reads back and is written the same", config);
        Demand(ConfigDiff.Between(input.Config, config).Count == 0, "an empty patch is the identity", config);
        CheckReaders(config);
        CheckAddedDocument(config);
        CheckAddedKey(config);
        return "patch: " + CheckPatch(input.Config, input.Patch);
    }

    private static string CheckPatch(string config, string patch)
    {
        var once = Apply(config, patch);
        if (once.Config?.Reveal() is not { } result)
        {
            Demand(once.Findings.All(finding => finding.Severity == Severity.Warning || finding.File.Length > 0), "an error names its file", string.Join('\n', once.Findings));
            return Kinds(once);
        }

        Demand(Apply(result).Config?.Reveal() == result, "the result of a patch reads back and is written the same", result);
        CheckReaders(result);
        if (HasOnlyMaps(patch))
        {
            var twice = Apply(result, patch);
            // Values that Talos cannot merge are an error the second time, where the first time there was nothing to merge with.
            Demand(twice.Config is null || twice.Config.Reveal() == result, "a patch of maps and values twice is the patch once", $"{result}\n=== twice:\n{twice.Config?.Reveal()}");
        }

        return $"ok, {ConfigDiff.Between(config, result).Count switch { 0 => "no change", 1 => "one change", _ => "changes" }} {Kinds(once)}";
    }

    private static void CheckReaders(string config)
    {
        Demand(ConfigDiff.Between(config, config).Count == 0, "a config does not differ from itself", config);
        var redacted = ConfigRedactor.Redact(config);
        Demand(Apply(redacted).Config is not null, "a redacted config is a config", redacted);
        foreach (var version in s_versions)
        {
            ConfigValidator.Validate("config", config, version);
        }
    }

    /// <summary>The law needs a document that is not there yet.</summary>
    private static void CheckAddedDocument(string config)
    {
        if (!config.Contains("slipway-added", StringComparison.Ordinal))
        {
            var added = Apply(config, AddedDocument + ", mtu: 1500}");
            var deleted = added.Config is null ? null : Apply(added.Config.Reveal(), AddedDocument + ", $patch: delete}");
            Demand(deleted?.Config?.Reveal() == config, "adding a document and deleting it is the identity", deleted?.Config?.Reveal() ?? string.Join('\n', added.Findings));
        }
    }

    private static void CheckAddedKey(string config)
    {
        // Where sysctls are there already: else the empty map that holds them would be new.
        var machine = MachineConfigText.Parse("config", config, []).FirstOrDefault(document => document.IsLegacy)?.Root.Find("machine") as YamlMappingNode;
        if (machine?.Find("sysctls") is YamlMappingNode { Children.Count: > 0 } sysctls && sysctls.Find("slipway.added") is null)
        {
            var added = Apply(config, "machine: {sysctls: {slipway.added: \"1\"}}");
            var deleted = added.Config is null ? added : Apply(added.Config.Reveal(), "machine: {sysctls: {slipway.added: {$patch: delete}}}");
            Demand(deleted.Config?.Reveal() == config, "adding a key and deleting it is the identity", deleted.Config?.Reveal() ?? string.Join('\n', deleted.Findings));
        }
    }

    /// <summary>Lists grow, by Talos' own rule; deletes fail the second time, and JSON patches tell of positions.</summary>
    private static bool HasOnlyMaps(string patch)
    {
        var roots = MachineConfigText.Roots("patch", patch, []);
        return roots.All(Only) && !patch.Contains("$patch", StringComparison.Ordinal);

        static bool Only(YamlNode node) => node is YamlScalarNode || (node is YamlMappingNode map && map.Children.Values.All(Only));
    }

    private static ConfigResult Apply(string config, params string[] patches) =>
        ConfigPatcher.Apply("config", config, [.. patches.Select(patch => new PatchSource("patch", patch))]);

    /// <summary>The first words of each finding: what they quote would make every input a new kind.</summary>
    private static string Kinds(ConfigResult result) => string.Join("; ", result.Findings.Select(finding => string.Join(' ', finding.Message.Split(' ').Take(4))).Distinct().Order(StringComparer.Ordinal).Take(6));

    private static void Demand(bool holds, string law, string found)
    {
        if (!holds)
        {
            throw new BrokenLawException(law, found);
        }
    }
}
