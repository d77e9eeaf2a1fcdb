using System.Globalization;
using Slipway.Core.MachineConfig.Documents;
using YamlDotNet.RepresentationModel;

namespace Slipway.Core.MachineConfig.Patching;

/// <summary>
/// Takes every <c>$patch: delete</c> out of a patch document, together with the maps and lists that hold nothing else, and
/// tells whether anything is left to merge (pkg/machinery/config/configloader/internal/decoder/delete.go).
/// </summary>
internal sealed class DeleteExtractor(PatchFindings findings)
{
    private const string Directive = "$patch";

    private readonly List<string> _path = [];
    private readonly List<DeleteSelector> _selectors = [];
    private YamlMappingNode _root = new();

    /// <summary>The deletes of <paramref name="root"/> in their order; the document itself is pruned.</summary>
    /// <param name="isEmpty">True when nothing but the document's own version, kind or name is left.</param>
    public IReadOnlyList<DeleteSelector> Extract(YamlMappingNode root, out bool isEmpty)
    {
        _root = root;
        isEmpty = Map(root, inList: false) || IsBare(root);
        return _selectors;
    }

    private static bool IsBare(YamlMappingNode root) =>
        root.Children.All(pair => pair.Key.KeyText() is "version" or "kind" or "name" && pair.Value is YamlScalarNode);

    /// <summary>True when the node goes away.</summary>
    private bool Visit(YamlNode node, bool inList) => node switch
    {
        YamlMappingNode map => Map(map, inList),
        YamlSequenceNode list => List(list),
        _ => false,
    };

    private bool Map(YamlMappingNode map, bool inList)
    {
        var removed = false;
        foreach (var (key, value) in map.Children.ToList())
        {
            if (IsDirective(key, value))
            {
                Select(map, inList);
                return true;
            }

            _path.Add(key.KeyText());
            if (Visit(value, inList: false))
            {
                map.Children.Remove(key);
                removed = true;
            }

            _path.RemoveAt(_path.Count - 1);
        }

        return removed && map.Children.Count == 0;
    }

    private bool List(YamlSequenceNode list)
    {
        var (removed, index) = (false, 0);
        while (index < list.Children.Count)
        {
            _path.Add(string.Create(CultureInfo.InvariantCulture, $"[{index}]"));
            if (Visit(list.Children[index], inList: true))
            {
                list.Children.RemoveAt(index);
                removed = true;
            }
            else
            {
                index++;
            }

            _path.RemoveAt(_path.Count - 1);
        }

        return removed && list.Children.Count == 0;
    }

    private static bool IsDirective(YamlNode key, YamlNode value) => key.KeyText() == Directive && value is YamlScalarNode { Value: "delete" };

    private void Select(YamlMappingNode map, bool inList)
    {
        var at = map.Children.First(pair => IsDirective(pair.Key, pair.Value)).Key;
        var path = string.Join('.', _path).Replace(".[", "[", StringComparison.Ordinal);
        if (!inList && _path.Any(step => step.StartsWith('[')))
        {
            findings.Error(at, path, "a key inside a list element cannot be deleted", hint: "delete the whole element and write it anew in the same patch");
            return;
        }

        if (Identify(at, path) is not { } identity)
        {
            return;
        }

        string? key = null, text = "";
        if (inList)
        {
            var pair = map.Children.FirstOrDefault(candidate => !IsDirective(candidate.Key, candidate.Value));
            if (pair.Key is null)
            {
                findings.Error(at, path, "the element to delete is not told", "one simple key beside $patch: delete, such as interface: eth0");
                return;
            }

            (key, text) = (pair.Key.KeyText(), pair.Value.Text() ?? "");
        }

        _selectors.Add(new DeleteSelector(identity, [.. _path], key, text!, at));
    }

    /// <summary>By what the document says of itself, without asking whether its kind has names: so does Talos.</summary>
    private (string, string, string?)? Identify(YamlNode at, string path)
    {
        var apiVersion = _root.Find("apiVersion").TextOrNothing();
        var kind = _root.Find("kind").TextOrNothing();
        var name = _root.Find("name").TextOrNothing() is { Length: > 0 } text ? text : null;
        if (_path.Count == 0 && (apiVersion.Length == 0 || kind.Length == 0))
        {
            findings.Error(at, path, "the document to delete has no kind and apiVersion; the v1alpha1 document itself cannot be deleted", "apiVersion and kind beside $patch: delete");
            return null;
        }

        if (apiVersion.Length == 0 != (kind.Length == 0))
        {
            findings.Error(at, path, "a document needs kind and apiVersion, or neither of them");
            return null;
        }

        return kind.Length == 0 ? ("", ConfigDocument.LegacyKind, name) : (apiVersion, kind, name);
    }
}
