using Slipway.Core.Versions;

namespace Slipway.Core.Cilium;

/// <summary>
/// The values that one line of the Cilium chart reads, with their types. No chart forbids unknown keys, so helm drops a
/// misspelt one without a word; this table is what notices.
/// </summary>
/// <remarks>
/// The names come from the chart's values.schema.json and from the keys that its templates read but its values.yaml leaves
/// out (kubeProxyReplacement, devices, policyAuditMode …).
/// </remarks>
internal sealed class ValueKeys
{
    private readonly Dictionary<string, ValueKinds> _kinds = new(StringComparer.Ordinal);
    private readonly ILookup<string, string> _children;

    private ValueKeys(string line, TextReader table)
    {
        Line = line;
        while (table.ReadLine() is { } row)
        {
            if (row.Split('\t') is [var path, var kinds])
            {
                _kinds.Add(path, Parse(kinds));
            }
        }

        _children = _kinds.Keys.ToLookup(ParentOf, path => path[(path.LastIndexOf('/') + 1)..], StringComparer.Ordinal);
    }

    /// <summary>The newest line of which the keys are known.</summary>
    public static ValueKeys Newest { get; } = Load("1.16");

    /// <summary>Such as <c>1.16</c>.</summary>
    public string Line { get; }

    /// <summary>False when the chart is of another line: what is unknown here may be known there.</summary>
    public bool Knows(ReleaseVersion chart) => chart.Line == Line;

    /// <param name="path">Keys joined by '/', because keys such as <c>kubernetes.io</c> hold dots.</param>
    public ValueKinds KindsOf(string path) => _kinds.GetValueOrDefault(path);

    public IEnumerable<string> ChildrenOf(string path) => _children[path];

    /// <summary>All paths, for a key that somebody wrote at the wrong level.</summary>
    public IEnumerable<string> Paths => _kinds.Keys;

    private static string ParentOf(string path) => path.LastIndexOf('/') is var at and >= 0 ? path[..at] : "";

    private static ValueKinds Parse(string kinds) => kinds.Split('|').Aggregate(ValueKinds.None, (all, kind) => all | kind switch
    {
        "string" => ValueKinds.Text,
        "integer" => ValueKinds.Integer,
        "number" => ValueKinds.Number | ValueKinds.Integer,
        "boolean" => ValueKinds.Boolean,
        "array" => ValueKinds.List,
        "object" => ValueKinds.Map,
        "object*" => ValueKinds.Map | ValueKinds.OpenMap,
        "null" => ValueKinds.Null,
        _ => ValueKinds.Any,
    });

    private static ValueKeys Load(string line)
    {
        using var stream = typeof(ValueKeys).Assembly.GetManifestResourceStream($"keys-{line}.tsv")
            ?? throw new InvalidOperationException($"the key table of Cilium {line} is not in this build");
        using var reader = new StreamReader(stream);
        return new ValueKeys(line, reader);
    }
}
