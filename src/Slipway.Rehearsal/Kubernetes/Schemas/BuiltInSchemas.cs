namespace Slipway.Rehearsal.Kubernetes.Schemas;

/// <summary>The schema of a built-in kind, read from <see cref="BuiltInFields"/>; a kind that is not in there is checked in its metadata only.</summary>
internal static class BuiltInSchemas
{
    private static readonly Dictionary<string, string> Definitions = BuiltInFields.Text
        .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(line => line.Split('=', 2, StringSplitOptions.TrimEntries))
        .ToDictionary(parts => parts[0], parts => parts[1]);

    private static readonly Dictionary<string, SchemaNode> Built = [];
    private static readonly Lock Gate = new();

    public static SchemaNode Of(string kind)
    {
        lock (Gate)
        {
            return Named(Definitions.ContainsKey(kind) ? kind : "Unknown");
        }
    }

    /// <summary>metadata is the same in every kind, those of CRDs included.</summary>
    public static SchemaNode Metadata
    {
        get
        {
            lock (Gate)
            {
                return Named("ObjectMeta");
            }
        }
    }

    private static SchemaNode Named(string name)
    {
        if (Built.TryGetValue(name, out var done))
        {
            return done;
        }

        var words = Definitions[name].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var properties = words.Where(word => word != "...").ToDictionary(word => word.Split(':', 2)[0], word => TypeOf(word.Split(':', 2)[1]));
        return Built[name] = new SchemaNode
        {
            Type = SchemaType.Object,
            Properties = properties,
            KeepsUnknown = words.Contains("..."),
            IsAtomic = name is "LabelSelector" or "KeyRef" or "ObjectFieldRef",
        };
    }

    private static SchemaNode TypeOf(string text) => text switch
    {
        "*" => SchemaNode.Anything,
        "s" => new SchemaNode { Type = SchemaType.String },
        "i" => new SchemaNode { Type = SchemaType.Integer },
        "b" => new SchemaNode { Type = SchemaType.Boolean },
        "q" => new SchemaNode { Type = SchemaType.IntOrString },
        "m" => new SchemaNode { Type = SchemaType.Object, Values = new SchemaNode { Type = SchemaType.String } },
        ['{', .., '}'] => new SchemaNode { Type = SchemaType.Array, Items = TypeOf(text[1..^1]), IsSet = true },
        ['[', .., ']'] => ListOf(text[1..^1]),
        _ => Named(text),
    };

    private static SchemaNode ListOf(string text)
    {
        var separator = text.IndexOfAny(['|', '~']);
        if (separator < 0)
        {
            return new SchemaNode { Type = SchemaType.Array, Items = TypeOf(text) };
        }

        var keys = text[(separator + 1)..].Split(',');
        return new SchemaNode
        {
            Type = SchemaType.Array,
            Items = TypeOf(text[..separator]),
            Keys = text[separator] == '|' ? keys : [],
            MergeKey = keys[0],
        };
    }
}
