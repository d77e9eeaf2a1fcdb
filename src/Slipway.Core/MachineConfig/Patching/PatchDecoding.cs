using Slipway.Core.MachineConfig.Documents;
using Slipway.Core.MachineConfig.Schema;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Slipway.Core.MachineConfig.Patching;

/// <summary>
/// Writes the scalars of a patch as Talos has them once it has decoded them into their fields: a number or a boolean in a field
/// of text is text (and so in quotes), a word of YAML 1.1 in a field of booleans is true or false, and nothing as a value in a
/// map of texts is empty text. Whoever reads the result then reads what Talos would. The config itself is left as it was written.
/// </summary>
internal static class PatchDecoding
{
    public static void Normalize(ConfigDocument document)
    {
        if (MergeTypes.Talos.OfKind(document.Kind) is { } type)
        {
            Struct(type, document.Root);
        }
    }

    private static void Struct(MergeStruct type, YamlMappingNode map)
    {
        foreach (var (key, value) in map.Children.ToList())
        {
            if (type.Fields.TryGetValue(key.KeyText(), out var field) && Decoded(field, value, inMap: false) is { } decoded)
            {
                map.Children[key] = decoded;
            }
        }
    }

    /// <summary>What takes the node's place; null when it stays.</summary>
    private static YamlScalarNode? Decoded(MergeType type, YamlNode node, bool inMap)
    {
        switch (node)
        {
            case YamlMappingNode map when type.Form == MergeForm.Struct:
                Struct(type.Struct!, map);
                break;
            case YamlMappingNode map when type.Form == MergeForm.Map:
                foreach (var (key, value) in map.Children.ToList())
                {
                    if (Decoded(type.Of, value, inMap: true) is { } decoded)
                    {
                        map.Children[key] = decoded;
                    }
                }

                break;
            case YamlSequenceNode list when type.Form is MergeForm.List or MergeForm.KeyedMerge or MergeForm.KeyedSwap:
                for (var i = 0; i < list.Children.Count; i++)
                {
                    list.Children[i] = Decoded(type.Of, list.Children[i], inMap: true) ?? list.Children[i];
                }

                break;
            case YamlScalarNode scalar:
                return Scalar(type, scalar, inMap);
        }

        return null;
    }

    private static YamlScalarNode? Scalar(MergeType type, YamlScalarNode scalar, bool inMap) => (type.Form, Scalars.TypeOf(scalar)) switch
    {
        (MergeForm.Text, ScalarType.Null) when inMap && !type.Pointer => Quoted(""),
        (MergeForm.Text, ScalarType.Boolean or ScalarType.Integer or ScalarType.Float) => Quoted(scalar.Value ?? ""),
        (MergeForm.Boolean, ScalarType.Text) when scalar.Value is "y" or "Y" or "yes" or "on" => new YamlScalarNode("true") { Style = ScalarStyle.Plain },
        (MergeForm.Boolean, ScalarType.Text) when scalar.Value is "n" or "N" or "no" or "off" => new YamlScalarNode("false") { Style = ScalarStyle.Plain },
        _ => null,
    };

    private static YamlScalarNode Quoted(string text) => new(text) { Style = ScalarStyle.DoubleQuoted };
}
