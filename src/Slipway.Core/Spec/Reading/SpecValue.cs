using System.Globalization;
using Slipway.Core.Spec.Shapes;
using YamlDotNet.RepresentationModel;

namespace Slipway.Core.Spec.Reading;

/// <summary>
/// One value of cluster.yaml that has the right shape, with its place. What has not is left out (and told), so rules work
/// with what there is and never meet a wrong type.
/// </summary>
internal sealed class SpecValue(string path, ValueShape shape, YamlNode node)
{
    private readonly Dictionary<string, SpecValue> _children = new(StringComparer.Ordinal);
    private readonly List<SpecValue> _items = [];

    public string Path { get; } = path;

    public YamlNode Node { get; } = node;

    public int Line => (int)Node.Start.Line;

    public int Column => (int)Node.Start.Column;

    /// <summary>The scalar as written, without quotes; empty for a collection.</summary>
    public string Text => (Node as YamlScalarNode)?.Value ?? "";

    /// <summary>The right ones among the items, in their order.</summary>
    public IReadOnlyList<SpecValue> Items => _items;

    /// <summary>Of a mapping whose keys the user chooses: the right ones, in their order.</summary>
    public IReadOnlyDictionary<string, SpecValue> Entries => _children;

    /// <summary>False when an item or key under it was left out.</summary>
    public bool IsWhole { get; private set; } = true;

    /// <summary>The value under the keys, or null when it is absent or wrong.</summary>
    /// <exception cref="InvalidOperationException">cluster.yaml has no such key: a mistake in our own code.</exception>
    public SpecValue? Find(params ReadOnlySpan<string> keys)
    {
        var (value, at) = (this, shape);
        foreach (var key in keys)
        {
            at = (at as MappingShape)?.Find(key)?.Shape ?? throw new InvalidOperationException($"cluster.yaml has no key '{key}' in {Path}");
            value = value?._children.GetValueOrDefault(key);
        }

        return value;
    }

    public string? TextOf(params ReadOnlySpan<string> keys) => Find(keys)?.Text;

    public int? IntegerOf(params ReadOnlySpan<string> keys) => Find(keys) is { } value ? int.Parse(value.Text, CultureInfo.InvariantCulture) : null;

    public bool? BooleanOf(params ReadOnlySpan<string> keys) => Find(keys) is { } value ? value.Text.Equals("true", StringComparison.OrdinalIgnoreCase) : null;

    public IReadOnlyList<SpecValue> ItemsOf(params ReadOnlySpan<string> keys) => Find(keys)?.Items ?? [];

    internal void Add(string key, SpecValue child) => _children[key] = child;

    internal void Add(SpecValue item) => _items.Add(item);

    internal void LeftOut() => IsWhole = false;
}
