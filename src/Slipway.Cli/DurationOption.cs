using System.CommandLine;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Slipway.Cli;

/// <summary>Options that take a time, as Go and Kubernetes write it, and with days: <c>90m</c>, <c>720h</c>, <c>30d</c>, <c>1d12h</c>.</summary>
internal static partial class DurationOption
{
    /// <param name="least">Inclusive, as is <paramref name="most"/>.</param>
    public static Option<TimeSpan?> Named(string name, string description, TimeSpan least, TimeSpan most) => new(name)
    {
        Description = description,
        HelpName = "30d|720h|90m",
        CustomParser = result =>
        {
            var given = result.Tokens[^1].Value;
            if (Parse(given) is { } time && time >= least && time <= most)
            {
                return time;
            }

            result.AddError($"{name}: '{given}' is not a time from {Text(least)} to {Text(most)}, such as 30d, 720h or 90m");
            return null;
        },
    };

    /// <summary>Null when it is none, or so long that no clock tells it.</summary>
    public static TimeSpan? Parse(string text)
    {
        var match = Pattern().Match(text);
        if (!match.Success || text.Length is 0 or > 20)
        {
            return null;
        }

        double[] seconds = [86400, 3600, 60, 1];
        var total = seconds.Select((unit, index) => match.Groups[index + 1] is { Success: true } group ? unit * double.Parse(group.ValueSpan, CultureInfo.InvariantCulture) : 0).Sum();
        return total < TimeSpan.MaxValue.TotalSeconds / 2 ? TimeSpan.FromSeconds(total) : null;
    }

    private static string Text(TimeSpan time) => time.TotalDays >= 1 ? $"{(int)time.TotalDays}d" : time.TotalMinutes >= 1 ? $"{(int)time.TotalMinutes}m" : $"{(int)time.TotalSeconds}s";

    [GeneratedRegex(@"^(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
