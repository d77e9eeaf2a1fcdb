using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Slipway.Rehearsal.Kubernetes.Schemas;

internal enum SchemaType
{
    /// <summary>Not looked into.</summary>
    Any,
    Object,
    Array,
    String,
    Integer,
    Number,
    Boolean,
    IntOrString,
}

/// <summary>What is known of one place in an object: its type, its fields, how its list merges. Shared by strict decoding, pruning, validation and apply.</summary>
internal sealed class SchemaNode
{
    public static readonly SchemaNode Anything = new();

    public SchemaType Type { get; init; }

    public IReadOnlyDictionary<string, SchemaNode> Properties { get; init; } = new Dictionary<string, SchemaNode>();

    /// <summary>The values of a map; null when only <see cref="Properties"/> are known fields.</summary>
    public SchemaNode? Values { get; init; }

    public SchemaNode? Items { get; init; }

    /// <summary>Fields that identify an element: the list is a map to server-side apply. Empty for an atomic list.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [];

    /// <summary>The one key that strategic merge patch goes by; it may know one where apply treats the list as atomic (taints).</summary>
    public string? MergeKey { get; init; }

    /// <summary>A list of distinct scalars.</summary>
    public bool IsSet { get; init; }

    /// <summary>An object that has one owner as a whole.</summary>
    public bool IsAtomic { get; init; }

    public bool KeepsUnknown { get; init; }

    public bool IsNullable { get; init; }

    public IReadOnlyList<string> Required { get; init; } = [];

    public IReadOnlyList<JsonNode?> Enum { get; init; } = [];

    public Regex? Pattern { get; init; }

    public double? Minimum { get; init; }

    public double? Maximum { get; init; }

    public int? MaximumItems { get; init; }

    public JsonNode? Default { get; init; }

    /// <summary>The node of a field, or null when the field is not known here.</summary>
    public SchemaNode? Field(string name) =>
        Type == SchemaType.Any ? Anything
        : Properties.TryGetValue(name, out var known) ? known
        : Values ?? (KeepsUnknown ? Anything : null);
}
