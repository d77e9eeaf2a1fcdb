using Slipway.Core.MachineConfig.Documents;
using Slipway.Core.MachineConfig.Schema;
using YamlDotNet.RepresentationModel;

namespace Slipway.Core.MachineConfig.Patching;

/// <summary>Lists whose elements are known by a key.</summary>
internal sealed partial class StrategicMerge
{
    private YamlNode? Keyed(MergeType type, YamlNode? left, YamlNode right, string path)
    {
        if (right is not YamlSequenceNode rightList)
        {
            return WrongForm(left, right, path, "a list");
        }

        if (!left.IsNil() && left is not YamlSequenceNode)
        {
            return WrongForm(left, right, path, left!.FormName());
        }

        if (rightList.Children.Count == 0)
        {
            return left;
        }

        // Even without a left side the elements go in one by one: two of the patch's own may have the same key.
        var list = left as YamlSequenceNode ?? new YamlSequenceNode();
        var known = list.Children.Count;
        for (var i = 0; i < rightList.Children.Count; i++)
        {
            Element(type, list, known, rightList.Children[i], $"{path}[{i}]");
        }

        return list;
    }

    private void Element(MergeType type, YamlSequenceNode list, int known, YamlNode right, string path)
    {
        if (right is not YamlMappingNode rightMap)
        {
            findings.Error(right, path, $"{right.FormName()} cannot be an element of this list", "a map");
            return;
        }

        var swap = type.Form == MergeForm.KeyedSwap;
        var at = swap ? LastMatch(type, list, known, rightMap) : FirstMatch(type, list, rightMap);
        if (at < 0)
        {
            list.Add(right);
        }
        else if (swap)
        {
            list.Children[at] = right;
        }
        else
        {
            Struct(type.Of.Struct!, (YamlMappingNode)list.Children[at], rightMap, path);
        }
    }

    private static int FirstMatch(MergeType type, YamlSequenceNode list, YamlMappingNode right)
    {
        var key = KeyOf(type, right);
        return key is null ? -1 : IndexOf(list, element => Same(type.Of.Struct!, key, element, right));
    }

    /// <summary>Talos indexes the list before it starts and the last of equal elements wins.</summary>
    private static int LastMatch(MergeType type, YamlSequenceNode list, int known, YamlMappingNode right)
    {
        var found = -1;
        for (var i = 0; i < known; i++)
        {
            found = list.Children[i] is YamlMappingNode element && Same(type.Of.Struct!, type.Names[0], element, right) ? i : found;
        }

        return found;
    }

    /// <summary>With one key, zero is a key like any other; with several, the first that is there decides.</summary>
    private static string? KeyOf(MergeType type, YamlMappingNode right) =>
        type.Names.Count == 1 ? type.Names[0] : type.Names.FirstOrDefault(name => right.Find(name) is { } value && !value.IsNil() && value.Text() != "");

    private static bool Same(MergeStruct element, string key, YamlMappingNode left, YamlMappingNode right)
    {
        var type = element.Fields[key];
        var (a, b) = (left.Find(key), right.Find(key));
        return type.Form switch
        {
            MergeForm.Integer => Number(a) == Number(b),
            MergeForm.Struct => a is YamlMappingNode first && b is YamlMappingNode second && SameFields(type.Struct!, first, second),
            _ => (a.IsNil() ? "" : a.Text()) == (b.IsNil() ? "" : b.Text()),
        };
    }

    /// <summary>
    /// Go compares the structs with ==, so two pointers are equal only when both are nil: selectors with <c>physical</c>
    /// never match.
    /// </summary>
    private static bool SameFields(MergeStruct type, YamlMappingNode left, YamlMappingNode right) => type.Fields.All(field =>
    {
        var (a, b) = (left.Find(field.Key), right.Find(field.Key));
        return field.Value.Pointer ? a.IsNil() && b.IsNil() : (a.IsNil() ? "" : a.Text()) == (b.IsNil() ? "" : b.Text());
    });

    private static string Number(YamlNode? node)
    {
        var text = node.IsNil() ? "0" : node.Text() ?? "";
        return Scalars.IsZeroNumber(text) ? "0" : text.TrimStart('+', '0');
    }

    private static int IndexOf(YamlSequenceNode list, Func<YamlMappingNode, bool> matches)
    {
        for (var i = 0; i < list.Children.Count; i++)
        {
            if (list.Children[i] is YamlMappingNode element && matches(element))
            {
                return i;
            }
        }

        return -1;
    }
}
