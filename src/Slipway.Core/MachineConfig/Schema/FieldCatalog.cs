namespace Slipway.Core.MachineConfig.Schema;

/// <summary>The table of schema-fields.txt: a tree by indentation, <c>KIND SINCE</c> and below it <c>NAME TYPE SINCE GONE</c>.</summary>
internal sealed class FieldCatalog
{
    private static readonly Lazy<FieldCatalog> s_talos = new(() => new FieldCatalog(EmbeddedTable.Lines("schema-fields.txt")));

    private readonly Dictionary<string, CatalogField> _kinds = new(StringComparer.Ordinal);

    public FieldCatalog(IEnumerable<string> lines)
    {
        var open = new List<CatalogField>();
        foreach (var line in lines)
        {
            var depth = line.Length - line.TrimStart().Length;
            var words = line.TrimStart().Split(' ');
            open.RemoveRange(depth, open.Count - depth);
            if (depth == 0)
            {
                var kind = new CatalogField(words[0], "map", ReleaseLine.Parse(words[1]));
                _kinds[kind.Name] = kind;
                open.Add(kind);
            }
            else
            {
                var field = new CatalogField(words[0], words[1], words.Length > 2 ? ReleaseLine.Parse(words[2]) : open[^1].Since);
                open[^1].Add(field);
                open.Add(field);
            }
        }

        Newest = _kinds.Values.Max(kind => kind.Since);
    }

    public static FieldCatalog Talos => s_talos.Value;

    /// <summary>The newest line that the table knows; of what comes after it nothing can be said.</summary>
    public ReleaseLine Newest { get; }

    public IReadOnlyDictionary<string, CatalogField> Kinds => _kinds;
}
