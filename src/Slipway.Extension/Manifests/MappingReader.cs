using Slipway.Core.Diagnostics;
using Slipway.Core.Yaml;
using YamlDotNet.RepresentationModel;

namespace Slipway.Extension.Manifests;

/// <summary>
/// Reads one mapping of a file that Talos decodes leniently: a key that it does not know is ignored there, so here it is a
/// warning; a value of another kind is an error on both sides.
/// </summary>
internal sealed class MappingReader(string file, string path, YamlMappingNode mapping, ICollection<Diagnostic> findings)
{
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    /// <summary>The one document of a text as a mapping, or null after a finding.</summary>
    public static MappingReader? Open(string file, string text, ICollection<Diagnostic> findings)
    {
        var roots = YamlText.Load(file, text, findings, new YamlLimits { Characters = 1024 * 1024, Depth = 20, Nodes = 10_000 });
        if (findings.Any(finding => finding.File == file && finding.Severity == Severity.Error))
        {
            return null;
        }

        if (roots.Count == 0 || roots[0] is not YamlMappingNode mapping)
        {
            findings.Add(new Diagnostic { Severity = Severity.Error, File = file, Line = 0, Column = 0, Message = "this is no mapping of keys to values", Expected = "one YAML document" });
            return null;
        }

        // Talos decodes the first document only.
        if (roots.Count > 1)
        {
            findings.Add(new Diagnostic { Severity = Severity.Warning, File = file, Line = (int)roots[1].Start.Line, Column = (int)roots[1].Start.Column, Message = "Talos reads the first document only" });
        }

        return new MappingReader(file, "", mapping, findings);
    }

    public string? Text(string key, bool required = false)
    {
        if (Find(key, required) is not { } node)
        {
            return null;
        }

        if (node is YamlScalarNode scalar)
        {
            return scalar.Value ?? "";
        }

        Error(key, node, "is not a text");
        return null;
    }

    public bool? Flag(string key)
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        if (text is "true" or "false")
        {
            return text == "true";
        }

        Error(key, Find(key, false)!, $"'{text}' is neither true nor false");
        return null;
    }

    public MappingReader? Mapping(string key, bool required = false)
    {
        if (Find(key, required) is not { } node)
        {
            return null;
        }

        if (node is YamlMappingNode inner)
        {
            return new MappingReader(file, PathOf(key), inner, findings);
        }

        Error(key, node, "is not a mapping");
        return null;
    }

    public IReadOnlyList<string> Texts(string key) => [.. Items(key).OfType<YamlScalarNode>().Select(node => node.Value ?? "")];

    public IReadOnlyList<MappingReader> Mappings(string key) =>
        [.. Items(key).OfType<YamlMappingNode>().Select((node, index) => new MappingReader(file, $"{PathOf(key)}[{index}]", node, findings))];

    public bool Has(string key) => mapping.Children.ContainsKey(new YamlScalarNode(key));

    public void Error(string key, string message, string? expected = null, string? hint = null) =>
        Add(Severity.Error, key, Has(key) ? mapping.Children[new YamlScalarNode(key)] : mapping, message, expected, hint);

    public void Warning(string key, string message, string? expected = null, string? hint = null) =>
        Add(Severity.Warning, key, Has(key) ? mapping.Children[new YamlScalarNode(key)] : mapping, message, expected, hint);

    /// <summary>One warning for each key that nobody asked for.</summary>
    public void WarnOfUnknownKeys()
    {
        foreach (var key in mapping.Children.Keys.OfType<YamlScalarNode>().Where(key => !_asked.Contains(key.Value ?? "")))
        {
            Add(Severity.Warning, key.Value ?? "", key, "Talos does not know this key and ignores it", $"one of {string.Join(", ", _asked.Order(StringComparer.Ordinal))}", null);
        }
    }

    private IEnumerable<YamlNode> Items(string key)
    {
        switch (Find(key, false))
        {
            case null:
                return [];
            case YamlSequenceNode list:
                return list.Children;
            case var node:
                Error(key, node, "is not a list");
                return [];
        }
    }

    private YamlNode? Find(string key, bool required)
    {
        _asked.Add(key);
        var found = mapping.Children.TryGetValue(new YamlScalarNode(key), out var node) && !YamlText.IsEmpty(node) ? node : null;
        if (found is null && required)
        {
            Add(Severity.Error, key, mapping, "is missing", null, null);
        }

        return found;
    }

    private string PathOf(string key) => path.Length > 0 ? $"{path}.{key}" : key;

    private void Error(string key, YamlNode node, string message) => Add(Severity.Error, key, node, message, null, null);

    private void Add(Severity severity, string key, YamlNode node, string message, string? expected, string? hint) => findings.Add(new Diagnostic
    {
        Severity = severity,
        File = file,
        Line = (int)node.Start.Line,
        Column = (int)node.Start.Column,
        Path = PathOf(key),
        Message = message,
        Expected = expected,
        Hint = hint,
    });
}
