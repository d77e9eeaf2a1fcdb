namespace Slipway.Core.MachineConfig.Schema;

/// <summary>
/// The table of merge-types.txt. A line <c>kind KIND STRUCT</c> names the struct of a document kind; a line without
/// indentation starts a struct; a line with indentation is a field and its type:
/// <c>*T</c> pointer, <c>list T</c> appended, <c>replace T</c> a list that is replaced, <c>map T</c>, <c>replace-map T</c>,
/// <c>merge KEYS T</c> and <c>swap KEYS T</c> keyed lists, <c>pem FIELDS</c>, <c>enum:ZERO</c>, or one word.
/// </summary>
internal sealed class MergeTypes
{
    private static readonly Lazy<MergeTypes> s_talos = new(() => new MergeTypes(EmbeddedTable.Lines("merge-types.txt")));

    private readonly Dictionary<string, MergeStruct> _kinds = new(StringComparer.Ordinal);
    private readonly Dictionary<string, MergeStruct> _structs = new(StringComparer.Ordinal);

    public MergeTypes(IEnumerable<string> lines)
    {
        MergeStruct? current = null;
        foreach (var line in lines)
        {
            if (line.StartsWith("kind ", StringComparison.Ordinal))
            {
                var words = line.Split(' ');
                _kinds[words[1]] = Struct(words[2]);
            }
            else if (line.StartsWith(' '))
            {
                var (name, type) = Cut(line.TrimStart());
                current!.Add(name, Parse(type));
            }
            else
            {
                current = Struct(line);
            }
        }
    }

    /// <summary>What Talos' own types say.</summary>
    public static MergeTypes Talos => s_talos.Value;

    public IEnumerable<string> Kinds => _kinds.Keys;

    /// <summary>The struct of a document kind, or null for a kind that is not in the table.</summary>
    public MergeStruct? OfKind(string kind) => _kinds.GetValueOrDefault(kind);

    private MergeStruct Struct(string name)
    {
        if (!_structs.TryGetValue(name, out var known))
        {
            _structs[name] = known = new MergeStruct(name);
        }

        return known;
    }

    private MergeType Parse(string text)
    {
        if (text.StartsWith('*'))
        {
            return Parse(text[1..]) with { Pointer = true };
        }

        var (word, rest) = Cut(text);
        switch (word)
        {
            case "list":
                return new MergeType(MergeForm.List) { Of = Parse(rest) };
            case "replace":
                return new MergeType(MergeForm.List) { Of = Parse(rest), Replace = true };
            case "map":
                return new MergeType(MergeForm.Map) { Of = Parse(rest) };
            case "replace-map":
                return new MergeType(MergeForm.Map) { Of = Parse(rest), Replace = true };
            case "merge" or "swap":
                var (keys, element) = Cut(rest);
                return new MergeType(word == "merge" ? MergeForm.KeyedMerge : MergeForm.KeyedSwap) { Names = keys.Split(','), Of = Parse(element) };
            case "pem":
                return new MergeType(MergeForm.Pem) { Names = rest.Split(',') };
            default:
                return Word(word);
        }
    }

    private MergeType Word(string word) => word switch
    {
        "string" => new MergeType(MergeForm.Text),
        "int" => new MergeType(MergeForm.Integer),
        "amount" => new MergeType(MergeForm.Amount),
        "duration" => new MergeType(MergeForm.Duration),
        "bool" => new MergeType(MergeForm.Boolean),
        "bytes" => new MergeType(MergeForm.Bytes),
        "url" => new MergeType(MergeForm.Url),
        "always" => new MergeType(MergeForm.Always),
        "fixed" => new MergeType(MergeForm.Fixed),
        "any" => MergeType.Any,
        "args" => new MergeType(MergeForm.Arguments),
        _ when word.StartsWith("enum:", StringComparison.Ordinal) => new MergeType(MergeForm.Enumeration) { Zero = word["enum:".Length..] },
        _ => new MergeType(MergeForm.Struct) { Struct = Struct(word) },
    };

    private static (string Word, string Tail) Cut(string text) =>
        text.IndexOf(' ', StringComparison.Ordinal) is >= 0 and var at ? (text[..at], text[(at + 1)..]) : (text, "");
}
