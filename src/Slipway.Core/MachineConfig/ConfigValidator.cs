using Slipway.Core.Diagnostics;
using Slipway.Core.MachineConfig.Documents;
using Slipway.Core.MachineConfig.Validation;
using Slipway.Core.Versions;

namespace Slipway.Core.MachineConfig;

/// <summary>
/// Finds what a node of a given Talos version would refuse, before it is sent: Talos rejects a whole config for one unknown
/// field. It knows names, versions and shapes; values are the node's to judge.
/// </summary>
public static class ConfigValidator
{
    /// <summary>Every rule is asked, none stops at the first finding.</summary>
    private static readonly IReadOnlyList<IConfigRule> s_rules =
    [
        new KnownKindsRule(),
        new KnownFieldsRule(),
        new ControlPlaneOnlyRule(),
        new OldAndNewFormRule(),
        new LinkNamesRule(),
        new KernelArgumentsRule(),
        new KubeProxyRule(),
    ];

    /// <summary>All findings by line; empty for a config that the version takes as far as can be told.</summary>
    public static IReadOnlyList<Diagnostic> Validate(string file, string config, ReleaseVersion talos)
    {
        var findings = new List<Diagnostic>();
        var documents = MachineConfigText.Parse(file, config, findings);
        if (documents.Count == 0 && findings.Count == 0)
        {
            // Talos: "config not found" (pkg/machinery/config/configloader).
            findings.Add(new Diagnostic
            {
                Severity = Severity.Error,
                File = file,
                Line = 1,
                Column = 1,
                Message = "there is no document in it, and a node takes no empty config",
                Expected = "machine and cluster at the top, or documents with apiVersion and kind",
            });
        }

        return Sorted(findings.Concat(Check(file, documents, talos)));
    }

    /// <summary>The same of documents that were read already.</summary>
    internal static IReadOnlyList<Diagnostic> Check(string file, IReadOnlyList<ConfigDocument> documents, ReleaseVersion talos)
    {
        var findings = new List<Diagnostic>();
        var context = new ValidationContext(file, documents, talos, findings);
        foreach (var rule in s_rules)
        {
            rule.Check(context);
        }

        return Sorted(findings);
    }

    private static IReadOnlyList<Diagnostic> Sorted(IEnumerable<Diagnostic> findings) =>
        [.. findings.OrderBy(finding => finding.Line).ThenBy(finding => finding.Column)];
}
