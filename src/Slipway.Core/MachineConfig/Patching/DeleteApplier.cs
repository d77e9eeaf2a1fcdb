using Slipway.Core.MachineConfig.Documents;
using Slipway.Core.MachineConfig.Schema;
using YamlDotNet.RepresentationModel;

namespace Slipway.Core.MachineConfig.Patching;

/// <summary>
/// Deletes a path from a document (pkg/machinery/config/configloader/internal/decoder/selector.go). A field that a struct
/// has can be deleted although it is not set; anything else that is not there is an error.
/// </summary>
internal sealed class DeleteApplier(PatchFindings findings)
{
    public void Apply(ConfigDocument document, DeleteSelector selector)
    {
        var type = MergeTypes.Talos.OfKind(document.Kind) is { } known ? new MergeType(MergeForm.Struct) { Struct = known } : MergeType.Unknown;
        if (Delete(type, document.Root, selector, 0) is { } why)
        {
            findings.Error(selector.At, selector.DottedPath, $"lookup failed: {why} in {document.Label}", hint: "only what is there can be deleted; look at the config with the earlier patches applied");
        }
    }

    /// <summary>Null when done, or what was missing.</summary>
    private static string? Delete(MergeType type, YamlNode? node, DeleteSelector selector, int depth)
    {
        var isValueStruct = type is { Form: MergeForm.Struct, Pointer: false };
        if (node.IsNil() && !isValueStruct)
        {
            return $"there is no {Step(selector, depth - 1)}";
        }

        return type.Form switch
        {
            MergeForm.Struct => Field(type.Struct!, node as YamlMappingNode, selector, depth),
            MergeForm.Map or MergeForm.Arguments or MergeForm.Any or MergeForm.Unknown when node is YamlMappingNode map => Key(type, map, selector, depth),
            MergeForm.List or MergeForm.KeyedMerge or MergeForm.KeyedSwap or MergeForm.Unknown when node is YamlSequenceNode list => Element(type, list, selector, depth),
            _ => $"nothing can be deleted below {Step(selector, depth - 1)}",
        };
    }

    private static string? Field(MergeStruct type, YamlMappingNode? map, DeleteSelector selector, int depth)
    {
        var name = selector.Path[depth];
        if (!type.Fields.TryGetValue(name, out var field))
        {
            // Not Talos' as we know it; when the config has it all the same, it is as good as a map's key.
            return map?.Find(name) is null ? $"{name} is no field here" : Key(new MergeType(MergeForm.Unknown), map, selector, depth);
        }

        if (depth + 1 < selector.Path.Count)
        {
            var error = Delete(field, map?.Find(name), selector, depth + 1);
            if (error is null && IsEmptied(field, map?.Find(name)))
            {
                map!.Put(name, null);
            }

            return error;
        }

        map?.Put(name, null);
        return null;
    }

    /// <summary>Talos prints no maps and lists that a delete has emptied; a struct that was emptied is still there.</summary>
    private static bool IsEmptied(MergeType type, YamlNode? node) => node switch
    {
        YamlMappingNode map => type.Form is MergeForm.Map or MergeForm.Arguments && map.Children.Count == 0,
        YamlSequenceNode list => list.Children.Count == 0,
        _ => false,
    };

    private static string? Key(MergeType type, YamlMappingNode map, DeleteSelector selector, int depth)
    {
        var name = selector.Path[depth];
        if (map.Find(name) is not { } value)
        {
            return $"there is no {Step(selector, depth)}";
        }

        if (depth + 1 < selector.Path.Count)
        {
            // Values of extra arguments have no fields of their own.
            return type.Form == MergeForm.Arguments ? $"nothing can be deleted below {Step(selector, depth)}" : Delete(type.Form == MergeForm.Any ? type : type.Of, value, selector, depth + 1);
        }

        map.Put(name, null);
        return null;
    }

    private static string? Element(MergeType type, YamlSequenceNode list, DeleteSelector selector, int depth)
    {
        if (depth + 1 != selector.Path.Count || selector.Key is not { } key)
        {
            return "a list takes only elements found by one key";
        }

        for (var i = 0; i < list.Children.Count; i++)
        {
            if (list.Children[i] is YamlMappingNode element && Matches(type.Of, element, key, selector.Value))
            {
                list.Children.RemoveAt(i);
                return null;
            }
        }

        return $"no element of {Step(selector, depth - 1)} has {key}: {selector.Value}";
    }

    /// <summary>Talos compares as text, which numbers, booleans, lists and structs do not have: by those nothing is found.</summary>
    private static bool Matches(MergeType type, YamlMappingNode element, string key, string value)
    {
        if (type.Form == MergeForm.Unknown)
        {
            return element.Find(key).Text() == value;
        }

        if (type.Struct?.Fields.TryGetValue(key, out var field) != true)
        {
            return false;
        }

        var comparable = field!.Form is MergeForm.Text or MergeForm.Url or MergeForm.Enumeration or MergeForm.Duration or MergeForm.Fixed or MergeForm.Always or MergeForm.Bytes
            && (!field.Pointer || field.Form == MergeForm.Url);
        return comparable && (element.Find(key) is { } found && !found.IsNil() ? found.Text() : "") == value;
    }

    private static string Step(DeleteSelector selector, int depth) =>
        depth < 0 ? "document" : string.Join('.', selector.Path.Take(depth + 1)).Replace(".[", "[", StringComparison.Ordinal);
}
