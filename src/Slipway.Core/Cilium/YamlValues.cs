using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Slipway.Core.Diagnostics;
using Slipway.Core.Yaml;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Slipway.Core.Cilium;

/// <summary>YAML nodes to JSON by the core schema of YAML 1.2 (section 10.3.2): a quoted "8000" stays text, a plain one is a number.</summary>
internal sealed partial class YamlValues(string file, int lineOffset, ICollection<Diagnostic> findings)
{
    /// <summary>Values after aliases are followed: a few lines of nested aliases can stand for billions.</summary>
    private const int Limit = 100_000;

    private readonly Dictionary<string, (int Line, int Column)> _places = [];
    private int _count;

    /// <summary>Where each path (keys joined by '/') was written.</summary>
    public IReadOnlyDictionary<string, (int Line, int Column)> Places => _places;

    /// <summary>The mapping in <paramref name="text"/>; empty when there is none or when something is wrong with it.</summary>
    public static (JsonObject Values, IReadOnlyDictionary<string, (int Line, int Column)> Places) Read(
        string file, string text, int lineOffset, ICollection<Diagnostic> findings)
    {
        var reader = new YamlValues(file, lineOffset, findings);
        var own = new List<Diagnostic>();
        var roots = YamlText.Load(file, text, own);
        foreach (var finding in own)
        {
            findings.Add(finding with { Line = finding.Line > 0 ? finding.Line + lineOffset : lineOffset + 1 });
        }

        switch (roots)
        {
            case []:
                return ([], reader.Places);
            case [YamlMappingNode mapping]:
                var before = findings.Count;
                var values = reader.Map(mapping, "");
                return (findings.Skip(before).Any(finding => finding.Severity == Severity.Error) ? [] : values, reader.Places);
            default:
                reader.Add(Severity.Error, roots[^1], "", roots.Count > 1 ? $"{roots.Count} YAML documents" : $"a {Name(roots[0])}", "one mapping of chart values", null);
                return ([], reader.Places);
        }
    }

    private JsonObject Map(YamlMappingNode node, string path)
    {
        var map = new JsonObject();
        foreach (var (key, value) in node.Children)
        {
            if (key is not YamlScalarNode { Value: { } name } || name == "<<")
            {
                Add(Severity.Error, key, path, key is YamlScalarNode ? "a merge key '<<'" : $"a key that is a {Name(key)}", "a plain key", "write the keys out");
                continue;
            }

            var at = path.Length > 0 ? $"{path}/{name}" : name;
            _places.TryAdd(at, ((int)key.Start.Line + lineOffset, (int)key.Start.Column));
            map[name] = Node(value, at);
        }

        return map;
    }

    private JsonNode? Node(YamlNode node, string path)
    {
        if (++_count > Limit)
        {
            if (_count == Limit + 1)
            {
                Add(Severity.Error, node, path, $"more than {Limit:N0} values once aliases are followed", null, "write fewer aliases");
            }

            return null;
        }

        return node switch
        {
            YamlMappingNode mapping => Map(mapping, path),
            YamlSequenceNode sequence => new JsonArray([.. sequence.Children.Select((child, index) => Node(child, $"{path}/{index}"))]),
            YamlScalarNode scalar => Scalar(scalar, path),
            _ => null,
        };
    }

    private JsonValue? Scalar(YamlScalarNode node, string path)
    {
        var text = node.Value ?? "";
        var tag = node.Tag.IsEmpty ? "" : node.Tag.Value;
        if (tag == "!" || tag == "tag:yaml.org,2002:str" || (tag.Length == 0 && node.Style is not (ScalarStyle.Plain or ScalarStyle.Any)))
        {
            return JsonValue.Create(text);
        }

        if (tag.Length > 0)
        {
            Add(Severity.Error, node, path, $"the YAML tag '{tag}'", "no tag, or !!str", null);
            return null;
        }

        if (Yaml11Boolean().IsMatch(text))
        {
            Add(Severity.Warning, node, path, $"a plain {text} is text here and in YAML 1.2, but true or false to helm's own reader", "true, false or a quoted text", null);
        }

        return text switch
        {
            "" or "~" or "null" or "Null" or "NULL" => null,
            "true" or "True" or "TRUE" => JsonValue.Create(true),
            "false" or "False" or "FALSE" => JsonValue.Create(false),
            _ => Number(text) ?? JsonValue.Create(text),
        };
    }

    private static JsonValue? Number(string text)
    {
        if (Integer().IsMatch(text) && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer))
        {
            return Json(integer);
        }

        if (text.StartsWith("0x", StringComparison.Ordinal) && long.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hex))
        {
            return Json(hex);
        }

        if (text.StartsWith("0o", StringComparison.Ordinal) && text.Length is > 2 and < 22 && text.AsSpan(2).IndexOfAnyExceptInRange('0', '7') < 0)
        {
            return Json(Convert.ToInt64(text[2..], 8));
        }

        return Float().IsMatch(text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) && double.IsFinite(real)
            ? JsonNode.Parse(real.ToString("R", CultureInfo.InvariantCulture))!.AsValue()
            : null;
    }

    /// <summary>As a parser would make it, so that a reader may ask for any number type that it fits in.</summary>
    private static JsonValue Json(long number) => JsonNode.Parse(number.ToString(CultureInfo.InvariantCulture))!.AsValue();

    private void Add(Severity severity, YamlNode node, string path, string found, string? expected, string? hint) => findings.Add(new Diagnostic
    {
        Severity = severity,
        File = file,
        Line = (int)node.Start.Line + lineOffset,
        Column = (int)node.Start.Column,
        Path = CiliumValues.Dotted(path),
        Message = found,
        Expected = expected,
        Hint = hint,
    });

    private static string Name(YamlNode node) => node switch
    {
        YamlMappingNode => "mapping",
        YamlSequenceNode => "list",
        _ => "scalar",
    };

    [GeneratedRegex("^[-+]?[0-9]+$", RegexOptions.CultureInvariant)]
    private static partial Regex Integer();

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Float();

    [GeneratedRegex("^(yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF)$", RegexOptions.CultureInvariant)]
    private static partial Regex Yaml11Boolean();
}
