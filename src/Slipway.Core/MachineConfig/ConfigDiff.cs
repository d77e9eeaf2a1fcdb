using Slipway.Core.Diagnostics;
using Slipway.Core.Failures;
using Slipway.Core.MachineConfig.Comparing;
using Slipway.Core.MachineConfig.Documents;

namespace Slipway.Core.MachineConfig;

/// <summary>
/// Compares machine configs as Talos decodes them: key order, quotes, comments and the order of documents do not count, and
/// what is empty equals what is absent where Talos cannot tell them apart.
/// </summary>
public static class ConfigDiff
{
    /// <summary>
    /// What turns <paramref name="before"/> into <paramref name="after"/>: documents in the order of the first config, then new
    /// ones; inside a document in the order of its fields. Secrets are <c>***</c>, also where they differ.
    /// </summary>
    /// <exception cref="BadInputException">One of the texts is no machine config.</exception>
    public static IReadOnlyList<ConfigChange> Between(string before, string after)
    {
        var left = Parse("before", before);
        var right = Parse("after", after).ToDictionary(document => document.Identity);
        var changes = new List<ConfigChange>();
        foreach (var document in left)
        {
            if (right.Remove(document.Identity, out var counterpart))
            {
                new DocumentComparer(document.Label, changes).Compare(document, counterpart);
            }
            else
            {
                changes.Add(new ConfigChange { Kind = ChangeKind.Removed, Document = document.Label, Path = "", Before = OneLine.Of(document.Root, "", secret: false) });
            }
        }

        changes.AddRange(right.Values.Select(document => new ConfigChange { Kind = ChangeKind.Added, Document = document.Label, Path = "", After = OneLine.Of(document.Root, "", secret: false) }));
        return changes;
    }

    private static IReadOnlyList<ConfigDocument> Parse(string file, string text)
    {
        var findings = new List<Diagnostic>();
        var documents = MachineConfigText.Parse(file, text, findings);
        return findings.Count == 0 ? documents : throw new BadInputException(findings);
    }
}
