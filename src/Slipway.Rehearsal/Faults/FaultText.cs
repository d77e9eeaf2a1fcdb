using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Slipway.Rehearsal;

/// <summary>
/// The short form of faults: <c>cut-before:METHOD@NODE[+K][xN]</c>, <c>cut-after:METHOD@NODE[+K][xN]</c>, <c>never-back:NODE</c>,
/// <c>slow:NODE:FACTOR</c>, <c>wrong-cert:NODE</c>, <c>disk-full:NODE</c>, <c>wrong-uuid:NODE</c>, <c>api-away:120s[@30s]</c>,
/// <c>network-cuts-off:NODE</c>, <c>file:PATH[=TEXT]@NODE</c>, <c>ail:AILMENT@NODE</c>.
/// METHOD and NODE may be <c>*</c>; K calls are let through before N are cut. With <c>!PHASE</c> at its end, such as
/// <c>never-back:w1!cilium</c>, a fault strikes when that phase of the run begins.
/// </summary>
public static partial class FaultText
{
    /// <summary>For help texts and errors.</summary>
    public const string Forms =
        "cut-before:METHOD@NODE[+K][xN], cut-after:METHOD@NODE[+K][xN], never-back:NODE, slow:NODE:FACTOR, wrong-cert:NODE, disk-full:NODE, wrong-uuid:NODE, api-away:TIME[@TIME], "
        + "network-cuts-off:NODE, file:PATH[=TEXT]@NODE, ail:AILMENT@NODE; each may end with !PHASE";

    private static readonly SortedDictionary<string, Ailment> Ailments = new(
        Enum.GetValues<Ailment>().ToDictionary(ailment => JsonNamingPolicy.KebabCaseLower.ConvertName(ailment.ToString())), StringComparer.Ordinal);

    /// <exception cref="FormatException">The text is none of the forms; the message says what was expected.</exception>
    public static Fault Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var mark = text.LastIndexOf('!');
        var phase = text[(mark + 1)..];
        if (mark >= 0 && PhasePattern().IsMatch(phase))
        {
            return Always(text[..mark]) with { Phase = phase };
        }

        // The text of a file may hold any sign.
        return mark < 0 || text.StartsWith("file:", StringComparison.Ordinal)
            ? Always(text)
            : throw Wrong(text, "the id of a phase after the !, such as etcd or cilium");
    }

    private static Fault Always(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var (word, rest) = colon < 0 ? (text, "") : (text[..colon], text[(colon + 1)..]);
        if (rest.Length == 0)
        {
            throw Wrong(text, $"one of {Forms}");
        }

        return word switch
        {
            "cut-before" => Cut(FaultKind.CutBefore, text, rest),
            "cut-after" => Cut(FaultKind.CutAfter, text, rest),
            "never-back" => new Fault { Kind = FaultKind.NeverBack, Node = Node(text, rest) },
            "slow" => Slow(text, rest),
            "wrong-cert" => new Fault { Kind = FaultKind.WrongCertificate, Node = Node(text, rest) },
            "disk-full" => new Fault { Kind = FaultKind.DiskFull, Node = Node(text, rest) },
            "wrong-uuid" => new Fault { Kind = FaultKind.WrongUuid, Node = Node(text, rest) },
            "api-away" => Away(text, rest),
            "network-cuts-off" => new Fault { Kind = FaultKind.NetworkCutsOff, Node = Node(text, rest) },
            "file" => OfFile(text, rest),
            "ail" => Ails(text, rest),
            _ => throw Wrong(text, $"one of {Forms}"),
        };
    }

    private static Fault Cut(FaultKind kind, string text, string rest)
    {
        var match = CutPattern().Match(rest);
        return match.Success
            ? new Fault
            {
                Kind = kind,
                Method = Any(match.Groups[1].Value),
                Node = Any(match.Groups[2].Value),
                Skip = Number(match.Groups[3], 0),
                Times = Number(match.Groups[4], 1),
            }
            : throw Wrong(text, "cut-before:METHOD@NODE[+K][xN] with a method such as ApplyConfiguration or Bootstrap");
    }

    private static Fault Slow(string text, string rest)
    {
        var parts = rest.Split(':');
        return parts.Length == 2
            && double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var factor)
            && factor is > 0 and <= 1000
            ? new Fault { Kind = FaultKind.Slow, Node = Node(text, parts[0]), Factor = factor }
            : throw Wrong(text, "slow:NODE:FACTOR with a factor above 0, up to 1000");
    }

    private static Fault Away(string text, string rest)
    {
        var parts = rest.Split('@');
        if (parts.Length > 2 || Duration(parts[0]) is not { } away || (parts.Length == 2 && Duration(parts[1]) is null))
        {
            throw Wrong(text, "api-away:TIME[@TIME] with times such as 120s, 5m or 1h");
        }

        return new Fault { Kind = FaultKind.ApiAway, Away = away, After = parts.Length == 2 ? Duration(parts[1])!.Value : TimeSpan.FromSeconds(20) };
    }

    private static Fault OfFile(string text, string rest)
    {
        var match = FilePattern().Match(rest);
        return match.Success
            ? new Fault { Kind = FaultKind.File, Path = match.Groups[1].Value, Content = match.Groups[2].Success ? match.Groups[2].Value : null, Node = Any(match.Groups[3].Value) }
            : throw Wrong(text, "file:PATH[=TEXT]@NODE with an absolute path on the node; without =TEXT the file is not there");
    }

    private static Fault Ails(string text, string rest)
    {
        var parts = rest.Split('@');
        return parts.Length == 2 && Ailments.TryGetValue(parts[0], out var ailment)
            ? new Fault { Kind = FaultKind.Ailment, Ailment = ailment, Node = Node(text, parts[1]) }
            : throw Wrong(text, $"ail:AILMENT@NODE with one of {string.Join(", ", Ailments.Keys)}");
    }

    private static TimeSpan? Duration(string text)
    {
        var match = DurationPattern().Match(text);
        if (!match.Success || !int.TryParse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture, out var count) || count > 1_000_000)
        {
            return null;
        }

        return match.Groups[2].Value switch
        {
            "s" => TimeSpan.FromSeconds(count),
            "m" => TimeSpan.FromMinutes(count),
            _ => TimeSpan.FromHours(count),
        };
    }

    private static string? Node(string text, string name) =>
        NodePattern().IsMatch(name) ? Any(name) : throw Wrong(text, "the name of a node, or *, after the colon");

    private static int Number(Group group, int otherwise) =>
        group.Success ? int.Parse(group.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : otherwise;

    private static string? Any(string name) => name == "*" ? null : name;

    private static FormatException Wrong(string text, string expected) => new($"fault '{text}' is not understood: expected {expected}");

    [GeneratedRegex(@"^(\*|[A-Za-z]+)@(\*|[a-z0-9.-]+?)(?:\+(\d{1,4}))?(?:x(\d{1,4}))?$", RegexOptions.CultureInvariant)]
    private static partial Regex CutPattern();

    [GeneratedRegex(@"^(\*|[a-z0-9][a-z0-9.-]*)$", RegexOptions.CultureInvariant)]
    private static partial Regex NodePattern();

    [GeneratedRegex(@"^(/[^=@]+)(?:=(.*))?@(\*|[a-z0-9][a-z0-9.-]*)$", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex FilePattern();

    [GeneratedRegex("^[a-z-]+$", RegexOptions.CultureInvariant)]
    private static partial Regex PhasePattern();

    [GeneratedRegex(@"^(\d{1,7})(s|m|h)$", RegexOptions.CultureInvariant)]
    private static partial Regex DurationPattern();
}
