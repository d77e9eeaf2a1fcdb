using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Slipway.Core.Versions;

namespace Slipway.Extension.Manifests;

/// <summary>
/// A range of Talos versions as Talos reads it: comparators side by side must all hold, <c>||</c> separates alternatives,
/// <c>1.12.x</c> stands for a line. The grammar is that of blang/semver v4 (range.go), with Talos' leave to write a v before
/// a number. All three numbers are wanted: <c>&gt;= 1.12</c> is an error there, and so it is here.
/// </summary>
public sealed partial class CompatibilityRange
{
    private readonly IReadOnlyList<IReadOnlyList<Func<ReleaseVersion, bool>>> _alternatives;

    private CompatibilityRange(IReadOnlyList<IReadOnlyList<Func<ReleaseVersion, bool>>> alternatives) => _alternatives = alternatives;

    public static bool TryParse(string text, [NotNullWhen(true)] out CompatibilityRange? range, [NotNullWhen(false)] out string? problem)
    {
        (range, problem) = (null, null);
        var alternatives = new List<IReadOnlyList<Func<ReleaseVersion, bool>>>();
        foreach (var part in text.Split("||"))
        {
            var comparators = new List<Func<ReleaseVersion, bool>>();
            var at = 0;
            for (var match = Comparator().Match(part); match.Success && match.Index == at; match = match.NextMatch())
            {
                if (Compare(match) is not { } comparator)
                {
                    problem = $"'{match.Value.Trim()}' is no version with three numbers";
                    return false;
                }

                comparators.Add(comparator);
                at += match.Length;
            }

            if (part[at..].Trim() is { Length: > 0 } rest)
            {
                problem = $"'{rest}' is no comparison with a version";
                return false;
            }

            if (comparators.Count == 0)
            {
                problem = "there is no version";
                return false;
            }

            alternatives.Add(comparators);
        }

        range = new CompatibilityRange(alternatives);
        return true;
    }

    /// <summary>Talos compares its version without the pre-release: 1.14.0-rc.1 counts as 1.14.0.</summary>
    public bool Holds(ReleaseVersion talos)
    {
        var core = talos with { PreRelease = "" };
        return _alternatives.Any(comparators => comparators.All(holds => holds(core)));
    }

    private static Func<ReleaseVersion, bool>? Compare(Match match)
    {
        var (sign, text) = (match.Groups["sign"].Value, match.Groups["version"].Value);
        if (text.EndsWith(".x", StringComparison.Ordinal))
        {
            return Line(sign, text);
        }

        return LeadingZero().IsMatch(text) || !ReleaseVersion.TryParse(text, out var version) ? null : sign switch
        {
            ">" => talos => talos > version,
            ">=" => talos => talos >= version,
            "<" => talos => talos < version,
            "<=" => talos => talos <= version,
            "!" or "!=" => talos => talos.CompareTo(version) != 0,
            _ => talos => talos.CompareTo(version) == 0,
        };
    }

    /// <summary><c>1.12.x</c> is all from 1.12.0 to below 1.13.0, and <c>1.x</c> all below 2.0.0.</summary>
    private static Func<ReleaseVersion, bool>? Line(string sign, string text)
    {
        var numbers = text.Split('.')[..^1].Where(number => number != "x").ToList();
        if (numbers.Count is 0 or > 2 || !ReleaseVersion.TryParse(string.Join('.', numbers.Concat(Enumerable.Repeat("0", 3 - numbers.Count))), out var first))
        {
            return null;
        }

        var next = numbers.Count == 1 ? first with { Major = first.Major + 1 } : first with { Minor = first.Minor + 1 };
        return sign switch
        {
            ">" => talos => talos >= next,
            ">=" => talos => talos >= first,
            "<" => talos => talos < first,
            "<=" => talos => talos < next,
            "!" or "!=" => talos => talos < first || talos >= next,
            _ => talos => talos >= first && talos < next,
        };
    }

    [GeneratedRegex(@"\s*(?<sign>>=|<=|==|!=|>|<|=|!)?\s*v?(?<version>[0-9][0-9A-Za-z.+\-]*)(?=\s|$|[<>=!])\s*", RegexOptions.CultureInvariant)]
    private static partial Regex Comparator();

    [GeneratedRegex(@"(^|\.)0[0-9]", RegexOptions.CultureInvariant)]
    private static partial Regex LeadingZero();
}
