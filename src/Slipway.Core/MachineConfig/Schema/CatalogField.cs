namespace Slipway.Core.MachineConfig.Schema;

/// <summary>A field, or a whole document kind, and since when Talos knows it.</summary>
/// <param name="Since">The first line whose schema has it; the oldest schema is that of 1.8, so 1.8 means 1.8 or before.</param>
internal sealed record CatalogField(string Name, string Type, ReleaseLine Since)
{
    private readonly Dictionary<string, CatalogField> _children = new(StringComparer.Ordinal);

    /// <summary>By name; <c>*</c> is any key of a map and <c>-</c> an element of a list.</summary>
    public IReadOnlyDictionary<string, CatalogField> Children => _children;

    public void Add(CatalogField child) => _children[child.Name] = child;
}
