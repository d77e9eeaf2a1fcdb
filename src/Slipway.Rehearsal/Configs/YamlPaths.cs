using YamlDotNet.RepresentationModel;

namespace Slipway.Rehearsal.Configs;

/// <summary>Short ways through YAML nodes; an absent step gives null and never throws.</summary>
internal static class YamlPaths
{
    public static YamlNode? At(this YamlNode? node, params ReadOnlySpan<string> path)
    {
        foreach (var key in path)
        {
            node = (node as YamlMappingNode)?.Children.FirstOrDefault(pair => (pair.Key as YamlScalarNode)?.Value == key).Value;
        }

        return node;
    }

    public static string? TextAt(this YamlNode? node, params ReadOnlySpan<string> path) =>
        node.At(path) is YamlScalarNode { Value: { Length: > 0 } text } scalar && !Core.Yaml.YamlText.IsEmpty(scalar) ? text : null;

    public static bool FlagAt(this YamlNode? node, params ReadOnlySpan<string> path) => node.TextAt(path) == "true";

    public static IReadOnlyList<string> TextsAt(this YamlNode? node, params ReadOnlySpan<string> path) =>
        node.At(path) is YamlSequenceNode list ? [.. list.OfType<YamlScalarNode>().Select(item => item.Value ?? "")] : [];

    public static IReadOnlyDictionary<string, string> MapAt(this YamlNode? node, params ReadOnlySpan<string> path) =>
        node.At(path) is YamlMappingNode map
            ? map.Children
                .Where(pair => pair.Key is YamlScalarNode && pair.Value is YamlScalarNode)
                .ToDictionary(pair => ((YamlScalarNode)pair.Key).Value ?? "", pair => ((YamlScalarNode)pair.Value).Value ?? "")
            : new Dictionary<string, string>();

    public static IEnumerable<string> Keys(this YamlNode? node) =>
        node is YamlMappingNode map ? map.Children.Keys.OfType<YamlScalarNode>().Select(key => key.Value ?? "") : [];

    /// <summary>Text that two nodes share exactly when they mean the same: key order, style and empty values do not count.</summary>
    public static string Canonical(YamlNode? node, Func<string, bool>? skip = null, string path = "") => node switch
    {
        YamlMappingNode map => "{" + string.Join(',', map.Children
            .Select(pair => (Key: (pair.Key as YamlScalarNode)?.Value ?? "", pair.Value))
            .Where(pair => skip is null || !skip(Join(path, pair.Key)))
            .Select(pair => (pair.Key, Text: Canonical(pair.Value, skip, Join(path, pair.Key))))
            .Where(pair => pair.Text is not ("" or "{}" or "[]"))
            .OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => $"{pair.Key}:{pair.Text}")) + "}",
        YamlSequenceNode list => "[" + string.Join(',', list.Select(item => Canonical(item))) + "]",
        YamlScalarNode scalar => Core.Yaml.YamlText.IsEmpty(scalar) ? "" : $"'{scalar.Value}'",
        _ => "",
    };

    private static string Join(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";
}
