using Slipway.Core.MachineConfig.Documents;
using Slipway.Core.MachineConfig.Schema;
using YamlDotNet.RepresentationModel;

namespace Slipway.Core.MachineConfig.Patching;

/// <summary>
/// Talos' strategic merge (pkg/machinery/config/merge/merge.go) on YAML nodes. Talos merges decoded structs; this class asks
/// the table of types what the decoder would have made of each node, and leaves everything else as it was written.
/// </summary>
internal sealed partial class StrategicMerge(PatchFindings findings)
{
    /// <summary>The patch document: the place of a finding about what the patch does not say.</summary>
    private YamlNode? _patch;

    /// <summary>Merges a patch document into its counterpart, in place.</summary>
    public void Document(ConfigDocument left, YamlMappingNode right)
    {
        _patch = right;
        if (MergeTypes.Talos.OfKind(left.Kind) is { } type)
        {
            Struct(type, left.Root, right, "");
        }
        else
        {
            Unknown(left.Root, right, "");
        }
    }

    /// <summary>What comes of two values; null for none. <paramref name="left"/> is changed in place where it is a collection.</summary>
    /// <param name="overwrite">True below a pointer: a zero that is there counts.</param>
    private YamlNode? Value(MergeType type, YamlNode? left, YamlNode? right, string path, bool overwrite = false)
    {
        if (type.Pointer)
        {
            if (right.IsNil())
            {
                return left;
            }

            return left.IsNil() ? right : Value(type with { Pointer = false }, left, right, path, overwrite: true);
        }

        return type.Form switch
        {
            MergeForm.Boolean or MergeForm.Always => right.IsNil() ? Lost(type, left, path) : right,
            MergeForm.Struct => StructValue(type.Struct!, left, right, path),
            _ when right.IsNil() => left,
            MergeForm.Text or MergeForm.Integer or MergeForm.Amount or MergeForm.Duration or MergeForm.Enumeration => IsZero(type, right!) && !overwrite ? left ?? right : right,
            MergeForm.Bytes => right,
            MergeForm.Url => UrlMerge.Merge(left, right!),
            MergeForm.Fixed => Fixed(left, right!, path),
            MergeForm.Any => left.IsNil() ? right : Dynamic(left!, right!, path),
            MergeForm.Map => Map(type, left, right!, path),
            MergeForm.List => List(type, left, right!, path),
            MergeForm.KeyedMerge or MergeForm.KeyedSwap => Keyed(type, left, right!, path),
            MergeForm.Arguments => Arguments(left, right!, path),
            MergeForm.Pem => Pem(type, left, right!, path),
            _ => Unknown(left, right!, path),
        };
    }

    private static bool IsZero(MergeType type, YamlNode node)
    {
        var text = node.Text();
        return text is not null && type.Form switch
        {
            MergeForm.Integer or MergeForm.Amount => Scalars.IsZeroNumber(text),
            MergeForm.Duration => Scalars.IsZeroDuration(text),
            MergeForm.Enumeration => text.Length == 0 || text == type.Zero,
            _ => text.Length == 0,
        };
    }

    /// <summary>A value that Talos' merge drops because the patch names its struct and not the value.</summary>
    private YamlNode? Lost(MergeType type, YamlNode? left, string path)
    {
        if (left.IsNil() || (type.Form == MergeForm.Boolean && left.Text() is "false" or "False" or "FALSE"))
        {
            return left;
        }

        findings.Warning(_patch, path, "the value is lost: Talos' merge overrides it with nothing when a patch of this document does not repeat it", "repeat the value in the patch");
        return null;
    }

    private YamlNode? StructValue(MergeStruct type, YamlNode? left, YamlNode? right, string path)
    {
        if (right.IsNil())
        {
            // A struct that is a value is there on both sides, with zeroes in it.
            if (left is YamlMappingNode present && type.Losing.Count > 0)
            {
                Struct(type, present, new YamlMappingNode(), path);
            }

            return left;
        }

        if (right is not YamlMappingNode rightMap)
        {
            return WrongForm(left, right!, path, "a map");
        }

        if (left.IsNil())
        {
            return right;
        }

        if (left is not YamlMappingNode leftMap)
        {
            return WrongForm(left, right!, path, left!.FormName());
        }

        Struct(type, leftMap, rightMap, path);
        return left;
    }

    private void Struct(MergeStruct type, YamlMappingNode left, YamlMappingNode right, string path)
    {
        foreach (var (key, value) in right.Children)
        {
            var name = key.KeyText();
            if (type.Fields.TryGetValue(name, out var field))
            {
                Field(name, field, left, value, path);
            }
            else
            {
                left.Put(name, value.IsNil() ? left.Find(name) ?? value : Unknown(left.Find(name), value, Join(path, name)));
            }
        }

        foreach (var (name, field) in type.Losing)
        {
            if (right.Find(name) is null)
            {
                Field(name, field, left, null, path);
            }
        }
    }

    private void Field(string name, MergeType type, YamlMappingNode left, YamlNode? right, string path)
    {
        var before = left.Find(name);
        var after = Value(type, before, right, Join(path, name));
        if (!ReferenceEquals(before, after))
        {
            left.Put(name, after);
        }
    }

    private YamlNode? Fixed(YamlNode? left, YamlNode right, string path)
    {
        if (left.IsNil())
        {
            return right;
        }

        findings.Error(right, path, "Talos cannot merge this value with the one that is there", hint: "delete the old one first, in a patch of its own with $patch: delete");
        return left;
    }

    private YamlNode? WrongForm(YamlNode? left, YamlNode right, string path, string expected)
    {
        findings.Error(right, path, $"{right.FormName()} cannot be merged here", expected);
        return left;
    }

    private static string Join(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";
}
