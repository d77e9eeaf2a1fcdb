using System.Buffers;
using Slipway.Core.Diagnostics;

namespace Slipway.Core.Yaml;

/// <summary>Refuses texts that are too long or hold characters that YAML 1.2 (section 5.1) does not allow, as binaries do.</summary>
internal static class YamlCharacters
{
    // U+FFFD is what a decoder writes for bytes that are not UTF-8.
    private static readonly SearchValues<char> Forbidden = SearchValues.Create(
        [.. Enumerable.Range(0, 32).Where(c => c is not ('\t' or '\n' or '\r')).Select(c => (char)c), '\u007f', '\uFFFE', '\uFFFF', '\uFFFD']);

    /// <summary>Whether a writer has to escape it, for its text to be read back.</summary>
    public static bool IsForbidden(char c) => Forbidden.Contains(c);

    public static Diagnostic? FirstProblem(string file, string text, YamlLimits limits)
    {
        if (text.Length > limits.Characters)
        {
            return Finding(file, 1, 1, $"the text is {text.Length:N0} characters long", $"at most {limits.Characters:N0}", "is this the right file?");
        }

        var at = text.AsSpan().IndexOfAny(Forbidden);
        if (at < 0)
        {
            return null;
        }

        var before = text.AsSpan(0, at);
        return Finding(
            file,
            before.Count('\n') + 1,
            at - before.LastIndexOf('\n'),
            $"character U+{(int)text[at]:X4} cannot stand in YAML",
            "text in UTF-8",
            "is this a binary file, or one in another encoding?");
    }

    private static Diagnostic Finding(string file, int line, int column, string message, string expected, string hint) => new()
    {
        Severity = Severity.Error,
        File = file,
        Line = line,
        Column = column,
        Message = message,
        Expected = expected,
        Hint = hint,
    };
}
