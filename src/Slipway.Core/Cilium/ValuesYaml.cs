using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Slipway.Core.Cilium;

/// <summary>Writes values as block YAML: the order of the tree, two spaces, text quoted wherever a reader could take it for anything else.</summary>
internal static partial class ValuesYaml
{
    public static string Write(JsonObject values)
    {
        if (values.Count == 0)
        {
            return "{}\n";
        }

        var text = new StringBuilder();
        Map(text, values, 0, indentFirst: true);
        return text.ToString();
    }

    private static void Map(StringBuilder text, JsonObject map, int indent, bool indentFirst)
    {
        foreach (var (key, value) in map)
        {
            text.Append(' ', indentFirst ? indent : 0).Append(Text(key)).Append(':');
            indentFirst = true;
            Child(text, value, indent + 2);
        }
    }

    private static void Child(StringBuilder text, JsonNode? value, int indent)
    {
        switch (value)
        {
            case JsonObject { Count: > 0 } map:
                text.Append('\n');
                Map(text, map, indent, indentFirst: true);
                break;
            case JsonArray { Count: > 0 } list:
                text.Append('\n');
                List(text, list, indent);
                break;
            default:
                text.Append(' ').Append(Leaf(value)).Append('\n');
                break;
        }
    }

    private static void List(StringBuilder text, JsonArray list, int indent)
    {
        foreach (var item in list)
        {
            text.Append(' ', indent).Append('-');
            if (item is JsonObject { Count: > 0 } map)
            {
                text.Append(' ');
                Map(text, map, indent + 2, indentFirst: false);
            }
            else
            {
                Child(text, item, indent + 2);
            }
        }
    }

    private static string Leaf(JsonNode? value) => value switch
    {
        null => "null",
        JsonObject => "{}",
        JsonArray => "[]",
        _ when value.GetValueKind() == JsonValueKind.String => Text(value.GetValue<string>()),
        // JSON's numbers and booleans are YAML's too.
        _ => value.ToJsonString(),
    };

    private static string Text(string text) => text switch
    {
        _ when Plain().IsMatch(text) && !Reserved().IsMatch(text) => text,
        _ when !Printable().IsMatch(text) => JsonSerializer.Serialize(text), // a JSON string is a valid double-quoted scalar
        _ when text.AsSpan().IndexOfAny('"', '\\') < 0 => $"\"{text}\"",
        _ => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'",
    };

    [GeneratedRegex(@"\A[A-Za-z/][A-Za-z0-9_./-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Plain();

    [GeneratedRegex(@"\A(y|yes|n|no|on|off|true|false|null)\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Reserved();

    [GeneratedRegex(@"\A[\x20-\x7e]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Printable();
}
