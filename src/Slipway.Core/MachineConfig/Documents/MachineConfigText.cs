using Slipway.Core.Diagnostics;
using Slipway.Core.MachineConfig.Schema;
using Slipway.Core.Yaml;
using YamlDotNet.RepresentationModel;

namespace Slipway.Core.MachineConfig.Documents;

/// <summary>Reads and writes machine configs of several documents.</summary>
public static class MachineConfigText
{
    /// <summary>Keys at the top of the document without a kind, by which Talos knows it.</summary>
    private static readonly string[] LegacyKeys = ["machine", "cluster", "debug", "persist"];

    /// <summary>
    /// The documents of a config in their order; empty ones are skipped. Findings: broken YAML, a document that is no map,
    /// a missing kind or apiVersion, and the same document twice.
    /// </summary>
    /// <param name="file">The name that findings carry.</param>
    public static IReadOnlyList<ConfigDocument> Parse(string file, string text, ICollection<Diagnostic> findings)
    {
        var documents = new List<ConfigDocument>();
        var lines = new Dictionary<(string, string, string?), int>();
        foreach (var root in Roots(file, text, findings))
        {
            if (root is not YamlMappingNode map)
            {
                findings.Add(Finding(file, root, $"a document of a machine config is a map, not {root.FormName()}"));
                continue;
            }

            if (Identify(file, map, findings) is not { } document)
            {
                continue;
            }

            if (!lines.TryAdd(document.Identity, document.Line))
            {
                findings.Add(Finding(file, root, $"the document {document.Label} is here twice; the first is at line {lines[document.Identity]}"));
                continue;
            }

            documents.Add(document);
        }

        return documents;
    }

    /// <summary>All documents as one text; Talos' own indentation of four.</summary>
    public static string Write(IEnumerable<ConfigDocument> documents) =>
        string.Join("---\n", documents.Select(document => ConfigWriter.Write(document.Root)));

    /// <summary>The roots of all non-empty documents with their aliases expanded.</summary>
    internal static IReadOnlyList<YamlNode> Roots(string file, string text, ICollection<Diagnostic> findings)
    {
        var roots = YamlText.Load(file, text, findings);
        return roots.All(root => new AliasExpander(file, findings).Expand(root)) ? roots : [];
    }

    /// <summary>Whether a map without a kind is the v1alpha1 document.</summary>
    internal static bool IsLegacy(YamlMappingNode map) => LegacyKeys.Any(key => map.Find(key) is not null);

    /// <summary>Which document a map is, or null with a finding.</summary>
    internal static ConfigDocument? Identify(string file, YamlMappingNode map, ICollection<Diagnostic> findings)
    {
        var kind = map.Find("kind").TextOrNothing();
        var apiVersion = map.Find("apiVersion").TextOrNothing();
        if (kind.Length == 0 && apiVersion.Length == 0 && IsLegacy(map))
        {
            return new ConfigDocument(map, "", ConfigDocument.LegacyKind, null);
        }

        if (kind.Length == 0)
        {
            findings.Add(Finding(file, map, "a document without kind", "kind and apiVersion, or machine or cluster at the top"));
            return null;
        }

        if (apiVersion.Length == 0)
        {
            findings.Add(Finding(file, map, $"the document of kind {kind} has no apiVersion", "apiVersion: v1alpha1"));
            return null;
        }

        var named = MergeTypes.Talos.OfKind(kind) is { } type ? type.Fields.ContainsKey("name") : map.Find("name") is not null;
        return new ConfigDocument(map, apiVersion, kind, named ? map.Find("name").TextOrNothing() : null);
    }

    private static Diagnostic Finding(string file, YamlNode node, string message, string? expected = null) => new()
    {
        Severity = Severity.Error,
        File = file,
        Line = (int)node.Start.Line,
        Column = (int)node.Start.Column,
        Message = message,
        Expected = expected,
    };
}
