using System.Globalization;
using Slipway.Core.Spec.Shapes;
using Slipway.Core.Yaml;
using YamlDotNet.RepresentationModel;

namespace Slipway.Core.Spec.Reading;

/// <summary>
/// Holds YAML nodes against <see cref="ClusterShape"/>. Everything that does not fit is a finding; what fits comes back as
/// <see cref="SpecValue"/>. Never stops at the first error.
/// </summary>
internal sealed partial class ShapeReader(SpecFindings findings)
{
    /// <summary>The value, or null when it does not fit (and a finding says so).</summary>
    public SpecValue? Read(string path, YamlNode node, ValueShape shape)
    {
        if (HasForeignTag(node))
        {
            findings.Error(path, node, $"has the tag {Excerpt.Quote(node.Tag.Value)}", shape.Kind, "remove the tag: what a value is follows from its key");
            return null;
        }

        if (YamlText.IsEmpty(node))
        {
            findings.Error(path, node, "has no value", shape.Kind, "give it one or remove the key");
            return null;
        }

        return shape switch
        {
            MappingShape mapping => ReadMapping(path, node, mapping),
            MapShape map => ReadMap(path, node, map),
            ListShape list => ReadList(path, node, list),
            FreeShape free => ReadFree(path, node, free),
            EitherShape either => Read(path, node, node is YamlMappingNode ? either.Mapping : either.Text),
            _ when node is YamlScalarNode scalar => ReadScalar(path, scalar, shape),
            _ => WrongKind(path, node, shape),
        };
    }

    private SpecValue? ReadMapping(string path, YamlNode node, MappingShape shape)
    {
        if (node is not YamlMappingNode mapping)
        {
            return WrongKind(path, node, shape);
        }

        var value = new SpecValue(path, shape, node);
        foreach (var (keyNode, childNode) in mapping.Children)
        {
            var name = KeyText(keyNode);
            if (shape.Find(name) is not { } key)
            {
                UnknownKey(path, keyNode, name, shape);
                value.LeftOut();
            }
            else if (Read(Join(path, name), childNode, key.Shape) is { } child)
            {
                value.Add(name, child);
            }
            else
            {
                value.LeftOut();
            }
        }

        var given = mapping.Children.Keys.Select(KeyText).ToHashSet(StringComparer.Ordinal);
        foreach (var missing in shape.Keys.Where(key => key.Required && !given.Contains(key.Name)))
        {
            findings.Error(path, node, $"key '{missing.Name}' is missing", missing.Shape.Kind, missing.Shape is TextShape text ? $"such as {missing.Name}: {text.Format.Example}" : null);
        }

        CheckExactlyOne(value, mapping, shape, given);
        return value;
    }

    private void CheckExactlyOne(SpecValue value, YamlMappingNode mapping, MappingShape shape, HashSet<string> given)
    {
        if (shape.ExactlyOne.Count == 0)
        {
            return;
        }

        var names = string.Join(", ", shape.ExactlyOne.SkipLast(1)) + " and " + shape.ExactlyOne[^1];
        var chosen = mapping.Children.Keys.Where(key => shape.ExactlyOne.Contains(KeyText(key))).ToList();
        if (chosen.Count == 0)
        {
            // An unknown key has been told already; most likely it was meant to be one of these.
            if (given.All(name => shape.Find(name) is not null))
            {
                findings.Error(value.Path, mapping, $"none of {names} is given", "exactly one of them");
            }
        }
        else if (chosen.Count > 1)
        {
            findings.Error(value.Path, chosen[1], $"both {KeyText(chosen[0])} and {KeyText(chosen[1])} are given", $"exactly one of {names}", "keep the one that is true");
        }
    }

    private SpecValue? ReadMap(string path, YamlNode node, MapShape shape)
    {
        if (node is not YamlMappingNode mapping)
        {
            return WrongKind(path, node, shape);
        }

        var value = new SpecValue(path, shape, node);
        foreach (var (keyNode, childNode) in mapping.Children)
        {
            var name = KeyText(keyNode);
            if (name == "<<")
            {
                MergeKey(path, keyNode);
            }
            else if (!shape.Key.IsValid(name))
            {
                findings.Error(path, keyNode, $"key {Excerpt.Quote(name)} is not {shape.Key.Name}", shape.Key.Expected, shape.Key.Hint(name));
            }
            else if (Read(Join(path, name), childNode, shape.Value) is { } child)
            {
                value.Add(name, child);
                continue;
            }

            value.LeftOut();
        }

        return value;
    }

    private SpecValue? ReadList(string path, YamlNode node, ListShape shape)
    {
        if (node is not YamlSequenceNode list)
        {
            var hint = shape.Item is TextShape && node is YamlScalarNode scalar ? $"write [{Excerpt.Clean(scalar.Value, 60)}]" : null;
            return WrongKind(path, node, shape, hint);
        }

        if (list.Children.Count < shape.Least || list.Children.Count > shape.Most)
        {
            var expected = list.Children.Count < shape.Least ? $"at least {shape.Least}" : $"at most {shape.Most}";
            findings.Error(path, node, $"has {list.Children.Count} entries", expected);
            return null;
        }

        var value = new SpecValue(path, shape, node);
        for (var i = 0; i < list.Children.Count; i++)
        {
            if (Read(string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"), list.Children[i], shape.Item) is { } item)
            {
                value.Add(item);
            }
            else
            {
                value.LeftOut();
            }
        }

        return value;
    }

    private SpecValue? ReadFree(string path, YamlNode node, FreeShape shape)
    {
        if (node is not YamlMappingNode mapping)
        {
            return WrongKind(path, node, shape);
        }

        LookForMergeKeys(path, mapping);
        return new SpecValue(path, shape, node);
    }

    /// <summary>Depth and breadth are within the limits of <see cref="YamlText"/>, aliases followed.</summary>
    private void LookForMergeKeys(string path, YamlNode node)
    {
        if (node is YamlMappingNode mapping)
        {
            foreach (var (key, child) in mapping.Children)
            {
                if (KeyText(key) == "<<")
                {
                    MergeKey(path, key);
                }

                LookForMergeKeys(path, child);
            }
        }
        else if (node is YamlSequenceNode list)
        {
            foreach (var child in list.Children)
            {
                LookForMergeKeys(path, child);
            }
        }
    }

    /// <summary>A tag makes something else of a text (<c>!!binary</c>); only those that say what YAML says anyway are harmless.</summary>
    private static bool HasForeignTag(YamlNode node) =>
        !node.Tag.IsEmpty && !node.Tag.IsNonSpecific && node.Tag.Value is not ("tag:yaml.org,2002:str" or "tag:yaml.org,2002:map" or "tag:yaml.org,2002:seq");

    private void UnknownKey(string path, YamlNode keyNode, string name, MappingShape shape)
    {
        if (name == "<<")
        {
            MergeKey(path, keyNode);
            return;
        }

        findings.Error(path, keyNode, $"unknown key {Excerpt.Quote(name)}", $"one of {string.Join(", ", shape.Keys.Select(key => key.Name))}", KeySuggestion.ForKey(name, shape));
    }

    private void MergeKey(string path, YamlNode keyNode) =>
        findings.Error(path, keyNode, "merge keys (<<) are not read", "the keys written out", "an alias for a whole value (key: *name) is fine");

    private SpecValue? WrongKind(string path, YamlNode node, ValueShape shape, string? hint = null)
    {
        var found = node switch
        {
            YamlMappingNode => "a mapping",
            YamlSequenceNode => "a list",
            YamlScalarNode scalar => Excerpt.Quote(scalar.Value),
            _ => "something else",
        };
        findings.Error(path, node, $"found {found}", shape.Kind, hint);
        return null;
    }

    private static string KeyText(YamlNode key) => (key as YamlScalarNode)?.Value ?? "";

    private static string Join(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";
}
