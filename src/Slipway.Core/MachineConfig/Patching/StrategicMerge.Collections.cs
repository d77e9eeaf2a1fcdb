using Slipway.Core.MachineConfig.Documents;
using Slipway.Core.MachineConfig.Schema;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Slipway.Core.MachineConfig.Patching;

/// <summary>Maps, lists and what has no type.</summary>
internal sealed partial class StrategicMerge
{
    private YamlNode? Map(MergeType type, YamlNode? left, YamlNode right, string path)
    {
        if (right is not YamlMappingNode rightMap)
        {
            return WrongForm(left, right, path, "a map");
        }

        if (type.Replace || left.IsNil())
        {
            return right;
        }

        if (left is not YamlMappingNode leftMap)
        {
            return WrongForm(left, right, path, left!.FormName());
        }

        MergeKeys(leftMap, rightMap, (name, before, after) =>
            // What a pointer, a map or an interface holds may be nil, and nil is as good as absent.
            before is null || (HoldsNil(type.Of) && before.IsNil()) ? after
            : type.Of.Form == MergeForm.Any ? Dynamic(before, after, Join(path, name))
            : Value(type.Of, before, after, Join(path, name)));
        return left;
    }

    private static bool HoldsNil(MergeType type) => type.Pointer || type.Form is MergeForm.Any or MergeForm.Map or MergeForm.List or MergeForm.Arguments;

    private YamlNode? Arguments(YamlNode? left, YamlNode right, string path)
    {
        if (right is not YamlMappingNode rightMap)
        {
            return WrongForm(left, right, path, "a map");
        }

        if (left.IsNil())
        {
            return right;
        }

        if (left is not YamlMappingNode leftMap)
        {
            return WrongForm(left, right, path, left!.FormName());
        }

        MergeKeys(leftMap, rightMap, (_, _, after) => after);
        return left;
    }

    private static void MergeKeys(YamlMappingNode left, YamlMappingNode right, Func<string, YamlNode?, YamlNode, YamlNode?> merge)
    {
        // Looked up once: a search for each key would make two large maps quadratic.
        var keys = left.Children.Keys.ToDictionary(key => key.KeyText(), key => key, StringComparer.Ordinal);
        foreach (var (key, value) in right.Children)
        {
            if (!keys.TryGetValue(key.KeyText(), out var existing))
            {
                left.Children[key] = merge(key.KeyText(), null, value)!;
            }
            else if (merge(key.KeyText(), left.Children[existing], value) is { } merged)
            {
                left.Children[existing] = merged;
            }
        }
    }

    private YamlNode? List(MergeType type, YamlNode? left, YamlNode right, string path)
    {
        if (right is not YamlSequenceNode rightList)
        {
            return WrongForm(left, right, path, "a list");
        }

        if (type.Replace || left.IsNil())
        {
            return right;
        }

        if (left is not YamlSequenceNode leftList)
        {
            return WrongForm(left, right, path, left!.FormName());
        }

        Append(leftList, rightList.Children);
        return left;
    }

    private static void Append(YamlSequenceNode list, IEnumerable<YamlNode> items)
    {
        foreach (var item in items)
        {
            list.Add(item);
        }
    }

    /// <summary>Two values that Talos decodes without a type: they merge only when they decode to the same Go type.</summary>
    private YamlNode Dynamic(YamlNode left, YamlNode right, string path)
    {
        switch (left, right)
        {
            case (YamlMappingNode leftMap, YamlMappingNode rightMap):
                MergeKeys(leftMap, rightMap, (name, before, after) => before.IsNil() ? after : Dynamic(before!, after, Join(path, name)));
                return left;
            case (YamlSequenceNode leftList, YamlSequenceNode rightList):
                Append(leftList, rightList.Children);
                return left;
            case (YamlScalarNode leftScalar, YamlScalarNode rightScalar) when Scalars.TypeOf(leftScalar) == Scalars.TypeOf(rightScalar):
                var zero = Scalars.TypeOf(rightScalar) switch
                {
                    ScalarType.Text => rightScalar.Value!.Length == 0,
                    ScalarType.Integer or ScalarType.Float => Scalars.IsZeroNumber(rightScalar.Value!),
                    _ => false,
                };
                return zero ? left : right;
            default:
                findings.Error(right, path, $"{right.FormName()} cannot be merged over {left.FormName()}: Talos merges values of one type only", hint: "delete the old value first, in a patch of its own with $patch: delete");
                return left;
        }
    }

    /// <summary>A field that the table does not have, of a newer Talos perhaps: maps by key, lists append, the rest replaces.</summary>
    private static YamlNode Unknown(YamlNode? left, YamlNode right, string path)
    {
        switch (left, right)
        {
            case (YamlMappingNode leftMap, YamlMappingNode rightMap):
                MergeKeys(leftMap, rightMap, (name, before, after) => after.IsNil() && before is not null ? before : Unknown(before, after, path));
                return left;
            case (YamlSequenceNode leftList, YamlSequenceNode rightList):
                Append(leftList, rightList.Children);
                return left;
            default:
                return right;
        }
    }

    /// <summary>Certificate and key: what the patch leaves out becomes empty, as it decodes to no bytes rather than to nothing.</summary>
    private YamlNode? Pem(MergeType type, YamlNode? left, YamlNode right, string path)
    {
        if (right is not YamlMappingNode rightMap)
        {
            return WrongForm(left, right, path, "a map");
        }

        if (left is YamlMappingNode leftMap)
        {
            foreach (var name in type.Names)
            {
                if (rightMap.Find(name).IsNil() && leftMap.Find(name) is YamlScalarNode { Value.Length: > 0 })
                {
                    rightMap.Put(name, new YamlScalarNode("") { Style = ScalarStyle.DoubleQuoted });
                    findings.Warning(right, Join(path, name), "the value is lost: Talos' merge empties what a patch of a certificate leaves out", "repeat the value in the patch");
                }
            }
        }

        return right;
    }
}
