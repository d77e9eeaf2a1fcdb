using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Slipway.Core.MachineConfig.Generation;

/// <summary>Builds YAML nodes in the order and the shape in which they will stand in a file.</summary>
internal static partial class Tree
{
    public static YamlScalarNode True => new("true") { Style = ScalarStyle.Plain };

    public static YamlScalarNode False => new("false") { Style = ScalarStyle.Plain };

    /// <summary>Pairs without a value are left out, so that a condition can stand where the value does.</summary>
    public static YamlMappingNode Map(params IEnumerable<(string Key, YamlNode? Value)> pairs)
    {
        var map = new YamlMappingNode();
        foreach (var (key, value) in pairs)
        {
            if (value is not null)
            {
                map.Add(Text(key), value is YamlScalarNode { Style: ScalarStyle.Any } text ? Text(text.Value ?? "") : value);
            }
        }

        return map;
    }

    /// <summary>A document of its own kind.</summary>
    public static YamlMappingNode Document(string kind, params IEnumerable<(string Key, YamlNode? Value)> pairs) =>
        Map([("apiVersion", "v1alpha1"), ("kind", kind), .. pairs]);

    /// <summary>Quoted when it could be read as anything but this text.</summary>
    public static YamlScalarNode Text(string value) => new(value)
    {
        Style = PlainPattern().IsMatch(value) && !WordPattern().IsMatch(value) ? ScalarStyle.Plain : ScalarStyle.DoubleQuoted,
    };

    public static YamlScalarNode Number(int value) => new(value.ToString(System.Globalization.CultureInfo.InvariantCulture)) { Style = ScalarStyle.Plain };

    /// <summary>Several lines, as they are.</summary>
    public static YamlScalarNode Block(string value) => new(value) { Style = ScalarStyle.Literal };

    public static YamlSequenceNode List(IEnumerable<YamlNode> items) => new(items);

    public static YamlSequenceNode Texts(IEnumerable<string> items) => new(items.Select(Text)) { Style = SequenceStyle.Block };

    public static YamlMappingNode Map(IEnumerable<KeyValuePair<string, string>> pairs) =>
        Map(pairs.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => (pair.Key, (YamlNode?)Text(pair.Value))));

    [GeneratedRegex(@"^(?:[A-Za-z/][A-Za-z0-9_./:@+=-]*(?<!:)|\d+\.\d+\.\d+\.\d+(?:/\d+)?)$", RegexOptions.CultureInvariant)]
    private static partial Regex PlainPattern();

    /// <summary>Words that some reader of YAML takes for a boolean, null or a number.</summary>
    [GeneratedRegex("^(?:true|false|yes|no|on|off|y|n|null|nan|inf)$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex WordPattern();
}
