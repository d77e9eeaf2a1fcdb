using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Slipway.Core.MachineConfig.Documents;

/// <summary>What the patcher, the diff and the validator ask of YAML nodes.</summary>
internal static class NodeExtensions
{
    /// <summary>The value below <paramref name="key"/>, or null when the key is not there.</summary>
    public static YamlNode? Find(this YamlMappingNode map, string key)
    {
        if (map.Children.TryGetValue(new YamlScalarNode(key), out var value))
        {
            return value;
        }

        // A key that carries a tag (quoted ones may) has another hash.
        foreach (var (candidate, node) in map.Children)
        {
            if (candidate is YamlScalarNode scalar && scalar.Value == key)
            {
                return node;
            }
        }

        return null;
    }

    /// <summary>Sets the value of a key and keeps its place; null takes the key away.</summary>
    public static void Put(this YamlMappingNode map, string key, YamlNode? value)
    {
        var existing = map.Children.Keys.FirstOrDefault(candidate => candidate is YamlScalarNode scalar && scalar.Value == key);
        if (value is null)
        {
            if (existing is not null)
            {
                map.Children.Remove(existing);
            }
        }
        else if (existing is null)
        {
            map.Add(Key(key), value);
        }
        else
        {
            map.Children[existing] = value;
        }
    }

    /// <summary>A key, quoted when it would read as something else than text.</summary>
    public static YamlScalarNode Key(string text) => new(text) { Style = Scalars.Resolve(text) == ScalarType.Text ? ScalarStyle.Plain : ScalarStyle.DoubleQuoted };

    public static string? Text(this YamlNode? node) => (node as YamlScalarNode)?.Value;

    /// <summary>What names a document: null, however it is spelt, names nothing.</summary>
    public static string TextOrNothing(this YamlNode? node) => node.IsNil() ? "" : node.Text() ?? "";

    public static string KeyText(this YamlNode key) => (key as YamlScalarNode)?.Value ?? "";

    /// <summary>True when the key is absent or its value is null, which is the same to a Go decoder.</summary>
    public static bool IsNil(this YamlNode? node) => node is null || (node is YamlScalarNode scalar && Scalars.TypeOf(scalar) == ScalarType.Null);

    public static string FormName(this YamlNode node) => node switch
    {
        YamlMappingNode => "a map",
        YamlSequenceNode => "a list",
        YamlScalarNode scalar => Scalars.TypeOf(scalar) switch
        {
            ScalarType.Null => "null",
            ScalarType.Boolean => "a boolean",
            ScalarType.Integer or ScalarType.Float => "a number",
            _ => "text",
        },
        _ => "something else",
    };

    /// <summary>A copy that shares nothing with the original.</summary>
    public static YamlNode Copy(this YamlNode node)
    {
        switch (node)
        {
            case YamlMappingNode map:
                var mapCopy = new YamlMappingNode { Style = map.Style, Tag = map.Tag };
                foreach (var (key, value) in map.Children)
                {
                    mapCopy.Add(key.Copy(), value.Copy());
                }

                return mapCopy;
            case YamlSequenceNode list:
                var listCopy = new YamlSequenceNode { Style = list.Style, Tag = list.Tag };
                foreach (var item in list.Children)
                {
                    listCopy.Add(item.Copy());
                }

                return listCopy;
            case YamlScalarNode scalar:
                return new YamlScalarNode(scalar.Value) { Style = scalar.Style, Tag = scalar.Tag };
            default:
                throw new ArgumentException($"cannot copy {node.GetType().Name}", nameof(node));
        }
    }
}
