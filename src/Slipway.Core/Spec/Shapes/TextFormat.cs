using System.Text.RegularExpressions;

namespace Slipway.Core.Spec.Shapes;

/// <summary>
/// The form that a text must have. The pattern goes into the JSON Schema, so it is written in what ECMA-262 and .NET share;
/// what a pattern cannot say is checked by <see cref="Accepts"/>.
/// </summary>
/// <param name="name">With its article, as in "a DNS label".</param>
/// <param name="expected">What is right, for people.</param>
/// <param name="pattern">Anchored at both ends.</param>
/// <param name="example">A right value.</param>
internal sealed class TextFormat(string name, string expected, string pattern, string example)
{
    private const int LongestText = 4096;

    // No backtracking: the time is linear in the text, whatever somebody writes into it.
    private readonly Regex _regex = new(pattern, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    public string Name { get; } = name;

    public string Expected { get; } = expected;

    public string Pattern { get; } = pattern;

    public string Example { get; } = example;

    /// <summary>What the pattern cannot say.</summary>
    public Func<string, bool> Accepts { get; init; } = _ => true;

    /// <summary>What to try instead of a wrong text, or null.</summary>
    public Func<string, string?> Hint { get; init; } = _ => null;

    /// <summary>A '$' would let a line break at the end pass, so control characters are refused first.</summary>
    public bool IsValid(string text) =>
        text.Length <= LongestText && !text.Any(char.IsControl) && _regex.IsMatch(text) && Accepts(text);
}
