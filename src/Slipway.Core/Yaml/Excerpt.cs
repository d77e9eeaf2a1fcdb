using System.Globalization;
using System.Text;

namespace Slipway.Core.Yaml;

/// <summary>Text from a file made fit for a message on a terminal: short, on one line, no control characters.</summary>
internal static class Excerpt
{
    public static string Quote(string? text, int length = 60) => $"'{Clean(text, length)}'";

    public static string Clean(string? text, int length)
    {
        text ??= "";
        var cut = text.Length > length;
        var clean = new StringBuilder(length + 1);
        foreach (var c in cut ? text.AsSpan(0, length) : text)
        {
            // Bidirectional overrides (category Cf) can make a message read as something else; YAML 1.1 breaks lines at U+2028.
            clean = char.IsControl(c) || char.IsSurrogate(c) || char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                ? clean.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}")
                : clean.Append(c);
        }

        return cut ? $"{clean}…" : clean.ToString();
    }
}
