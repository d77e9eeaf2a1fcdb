using System.Globalization;
using System.Text;
using Slipway.Core.Yaml;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Slipway.Core.MachineConfig.Documents;

/// <summary>Prints scalars: in the quotes they had, or in double quotes where those would not hold the value.</summary>
internal static class ScalarWriter
{
    /// <summary>True when the scalar was a block (<c>|</c> or <c>&gt;</c>) and can be one again.</summary>
    public static bool IsBlock(YamlScalarNode scalar) =>
        scalar.Style is ScalarStyle.Literal or ScalarStyle.Folded
        && scalar.Value is { Length: > 0 } text
        && text.AsSpan().ContainsAnyExcept("\n ")
        && IsPrintable(text, newlines: true)
        && ConfigWriter.Tag(scalar.Tag).Length == 0;

    /// <summary>Writes <c>|</c>, the lines at <paramref name="column"/>, and the last line's end.</summary>
    /// <param name="parent">The column of the map or list that holds the scalar, which an indentation indicator counts from.</param>
    public static void Block(StringBuilder text, YamlScalarNode scalar, int parent, int column)
    {
        var value = scalar.Value!;
        text.Append('|');
        if (value[0] is ' ' or '\n')
        {
            // Without the indicator a reader takes the first line's spaces for indentation.
            text.Append(CultureInfo.InvariantCulture, $"{column - parent}");
        }

        var end = value.Length - value.TrimEnd('\n').Length;
        text.Append(end switch { 0 => "-\n", 1 => "\n", _ => "+\n" });
        foreach (var line in value[..(end == 0 ? value.Length : value.Length - 1)].Split('\n'))
        {
            if (line.Length > 0)
            {
                text.Append(' ', column).Append(line);
            }

            text.Append('\n');
        }
    }

    /// <summary>The scalar on one line; empty for a plain null that was written as nothing.</summary>
    public static string Inline(YamlScalarNode scalar, bool inFlow)
    {
        var value = scalar.Value ?? "";
        var tag = ConfigWriter.Tag(scalar.Tag).TrimStart();
        var text = scalar.Style switch
        {
            ScalarStyle.Plain or ScalarStyle.Any when IsPlainSafe(value, inFlow) => value,
            ScalarStyle.SingleQuoted when IsPrintable(value, newlines: false) => $"'{value.Replace("'", "''", StringComparison.Ordinal)}'",
            _ => DoubleQuoted(value),
        };
        return tag.Length == 0 ? text : text.Length == 0 ? tag : $"{tag} {text}";
    }

    private static bool IsPlainSafe(string value, bool inFlow)
    {
        if (value.Length == 0)
        {
            return true;
        }

        return IsPrintable(value, newlines: false)
            && !value.StartsWith(' ') && !value.EndsWith(' ')
            && !StartsAsIndicator(value)
            && !value.EndsWith(':')
            && !value.Contains(": ", StringComparison.Ordinal)
            && !value.Contains(" #", StringComparison.Ordinal)
            && !value.StartsWith("---", StringComparison.Ordinal) && !value.StartsWith("...", StringComparison.Ordinal)
            && !(inFlow && (value.AsSpan().ContainsAny(",[]{}") || value.Contains(':', StringComparison.Ordinal)));
    }

    private static bool StartsAsIndicator(string value) => value[0] switch
    {
        '-' or '?' or ':' => value.Length == 1 || value[1] == ' ',
        ',' or '[' or ']' or '{' or '}' or '#' or '&' or '*' or '!' or '|' or '>' or '\'' or '"' or '%' or '@' or '`' => true,
        _ => false,
    };

    private static bool IsPrintable(string text, bool newlines)
    {
        foreach (var c in text)
        {
            if (c is '\n' or '\t' ? !newlines : MustBeEscaped(c))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Breaks of lines, and what our own reader takes for a sign of binary files or of another encoding.</summary>
    private static bool MustBeEscaped(char c) =>
        c < ' ' || (c >= '\u007f' && c < '\u00a0') || c is '\u2028' or '\u2029' or '\uFEFF' || YamlCharacters.IsForbidden(c);

    private static string DoubleQuoted(string value)
    {
        var text = new StringBuilder("\"", value.Length + 2);
        foreach (var c in value)
        {
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\n' => text.Append("\\n"),
                '\t' => text.Append("\\t"),
                '\r' => text.Append("\\r"),
                _ when MustBeEscaped(c) => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}"),
                _ => text.Append(c),
            };
        }

        return text.Append('"').ToString();
    }
}
