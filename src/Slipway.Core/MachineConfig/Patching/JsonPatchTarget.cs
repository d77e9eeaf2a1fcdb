using System.Globalization;
using Slipway.Core.MachineConfig.Documents;
using YamlDotNet.RepresentationModel;

namespace Slipway.Core.MachineConfig.Patching;

/// <summary>
/// The document that RFC 6902 operations work on. As in the library that Talos uses, a negative index counts from a list's
/// end, and a test for null passes where there is nothing.
/// </summary>
internal sealed class JsonPatchTarget(YamlNode root)
{
    public YamlNode Root { get; private set; } = root;

    /// <summary>Null when done, or why not.</summary>
    public string? Run(string operation, string path, string? from, YamlNode? value) => operation switch
    {
        "add" => Add(path, value!.Copy()),
        "remove" => Remove(path),
        "replace" => Replace(path, value!.Copy()),
        "test" => Test(path, value!),
        "copy" => Get(from!, out var copied) ?? Add(path, copied!.Copy()),
        _ => Move(from!, path),
    };

    private string? Move(string from, string path)
    {
        if (path.StartsWith(from + "/", StringComparison.Ordinal))
        {
            return $"{from} cannot be moved into itself";
        }

        return Get(from, out var moved) ?? Remove(from) ?? Add(path, moved!);
    }

    private string? Test(string path, YamlNode expected)
    {
        if (Get(path, out var found) is { } missing)
        {
            return expected.IsNil() ? null : missing;
        }

        // The found value may be a secret: it is not printed.
        return NodeComparer.Same(found!, expected) ? null : $"the value at {path} is another";
    }

    private string? Add(string path, YamlNode value)
    {
        if (path.Length == 0)
        {
            Root = value;
            return null;
        }

        if (Parent(path, out var parent, out var last) is { } error)
        {
            return error;
        }

        switch (parent)
        {
            case YamlMappingNode map:
                map.Put(last, value);
                return null;
            case YamlSequenceNode list:
                var count = list.Children.Count;
                if (last == "-")
                {
                    list.Add(value);
                    return null;
                }

                if (Index(last, count + 1) is not { } index)
                {
                    return $"the list has {count} elements, so nothing can be added at index {last}";
                }

                list.Children.Insert(index, value);
                return null;
            default:
                return $"nothing can be added below {parent!.FormName()}";
        }
    }

    private string? Remove(string path)
    {
        if (path.Length == 0)
        {
            return "the whole config cannot be removed";
        }

        if (Get(path, out _) is { } missing)
        {
            return missing;
        }

        _ = Parent(path, out var parent, out var last);
        if (parent is YamlMappingNode map)
        {
            map.Put(last, null);
        }
        else if (parent is YamlSequenceNode list)
        {
            list.Children.RemoveAt(Index(last, list.Children.Count)!.Value);
        }

        return null;
    }

    private string? Replace(string path, YamlNode value)
    {
        if (path.Length == 0)
        {
            Root = value;
            return null;
        }

        if (Get(path, out _) is { } missing)
        {
            return missing;
        }

        _ = Parent(path, out var parent, out var last);
        if (parent is YamlMappingNode map)
        {
            map.Put(last, value);
        }
        else if (parent is YamlSequenceNode list)
        {
            list.Children[Index(last, list.Children.Count)!.Value] = value;
        }

        return null;
    }

    private string? Get(string path, out YamlNode? node)
    {
        node = Root;
        return path.Length == 0 ? null : Parent(path, out var parent, out var last) ?? Child(parent!, last, path, out node);
    }

    private string? Parent(string path, out YamlNode? parent, out string last)
    {
        (parent, last) = (Root, "");
        if (path[0] != '/')
        {
            return $"'{path}' is no JSON pointer: it does not start with /";
        }

        var steps = path[1..].Split('/').Select(step => step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)).ToArray();
        foreach (var step in steps[..^1])
        {
            if (Child(parent!, step, path, out parent) is { } error)
            {
                return error;
            }
        }

        last = steps[^1];
        return null;
    }

    private static string? Child(YamlNode parent, string step, string path, out YamlNode? child)
    {
        child = parent switch
        {
            YamlMappingNode map => map.Find(step),
            YamlSequenceNode list when Index(step, list.Children.Count) is { } index => list.Children[index],
            _ => null,
        };
        return child is null ? $"there is no {path} ('{step}' is missing)" : null;
    }

    private static int? Index(string text, int count)
    {
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var index))
        {
            return null;
        }

        index = index < 0 ? index + count : index;
        return index >= 0 && index < count ? index : null;
    }
}
