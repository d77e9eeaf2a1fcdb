using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Slipway.Tests.Spec;

/// <summary>
/// Broken specs: every key and value of a complete one spoiled in turn, that one cut off at many places, and made by hand
/// what people and attackers write. Without a dependency but <see cref="GoodSpecs"/>, so that other test projects can link it.
/// </summary>
public static partial class BrokenSpecs
{
    private static readonly string[] WrongValues = ["", "[1, [2]]", "{zz: 1}", "99999999999999999999", "\"a\\u0007b\"", "true", "-1.5e3", "!!binary aGVsbG8=", "*nowhere", "' '"];

    /// <summary>Always the same, in the same order.</summary>
    public static IReadOnlyList<BrokenSpec> All { get; } = [.. Misspelt(), .. WrongTypes(), .. Missing(), .. Twice(), .. Tabs(), .. Truncated(), .. Swapped(), .. BrokenSpecsByHand.All];

    private static string[] Lines => GoodSpecs.Complete.Split('\n');

    private static IEnumerable<BrokenSpec> Misspelt() =>
        from line in KeyLines()
        select Edit($"misspelt key, line {line.Number}", line.Number, $"{line.Start}{line.Key}x:{line.Value}", mustFail: !line.IsFree);

    private static IEnumerable<BrokenSpec> WrongTypes() =>
        from line in KeyLines()
        where line.Value.Length > 0
        from wrong in WrongValues
        select Edit($"{line.Key} on line {line.Number} is {(wrong.Length == 0 ? "nothing" : wrong)}", line.Number, $"{line.Start}{line.Key}: {wrong}", mustFail: false);

    private static IEnumerable<BrokenSpec> Missing() =>
        from line in KeyLines()
        select Edit($"without line {line.Number} ({line.Key})", line.Number, null, mustFail: false);

    private static IEnumerable<BrokenSpec> Twice() =>
        from line in KeyLines()
        where line.Value.Length > 0 && !line.Start.Contains('-', StringComparison.Ordinal)
        select Edit($"line {line.Number} twice", line.Number, $"{Lines[line.Number - 1]}\n{Lines[line.Number - 1]}", mustFail: true);

    private static IEnumerable<BrokenSpec> Tabs() =>
        from line in KeyLines()
        where line.Start.Length > 0
        select Edit($"tab on line {line.Number}", line.Number, $"\t{Lines[line.Number - 1].TrimStart()}", mustFail: false);

    private static IEnumerable<BrokenSpec> Truncated()
    {
        var bytes = Encoding.UTF8.GetBytes(GoodSpecs.Complete);
        for (var length = 1; length < bytes.Length; length += 31)
        {
            yield return new BrokenSpec($"cut off after {length} bytes", bytes[..length], MustFail: false);
        }
    }

    /// <summary>Each quote, bracket, brace and colon taken for another.</summary>
    private static IEnumerable<BrokenSpec> Swapped()
    {
        foreach (var (from, to) in new[] { ('[', '{'), (']', '}'), ('{', '['), ('"', '\''), (':', ';'), ('-', '?'), (' ', '&') })
        {
            var at = -1;
            for (var n = 0; n < 12 && (at = GoodSpecs.Complete.IndexOf(from, at + 1)) >= 0; n++)
            {
                var text = GoodSpecs.Complete.ToCharArray();
                text[at] = to;
                yield return Text($"'{to}' for '{from}' at {at}", new string(text), mustFail: false);
            }
        }
    }

    internal static BrokenSpec Text(string name, string text, bool mustFail = true) => new(name, Encoding.UTF8.GetBytes(text), mustFail);

    private static BrokenSpec Edit(string name, int number, string? line, bool mustFail)
    {
        var lines = Lines.ToList();
        if (line is null)
        {
            lines.RemoveAt(number - 1);
        }
        else
        {
            lines[number - 1] = line;
        }

        return Text(name, string.Join('\n', lines), mustFail);
    }

    private static IEnumerable<(int Number, string Start, string Key, string Value, bool IsFree)> KeyLines()
    {
        foreach (var (index, line) in Lines.Index())
        {
            var match = KeyLine().Match(line);
            if (match.Success)
            {
                // Chart values and pieces of machine config are others' languages.
                var isFree = match.Groups[2].Value is "machine" or "sysctls" or "hubble";
                yield return (index + 1, match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Value, isFree);
            }
        }
    }

    /// <summary>The same name for the same mutation in every culture.</summary>
    public static string FileName(int index) => string.Create(CultureInfo.InvariantCulture, $"broken-{index:000}.yaml");

    [GeneratedRegex(@"^(\s*(?:- )?)(\w+):(.*)$")]
    private static partial Regex KeyLine();
}
