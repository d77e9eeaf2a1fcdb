using System.Globalization;
using System.Runtime.CompilerServices;

namespace Slipway.Rehearsal.Kubernetes.Tables;

/// <summary>Ages as kubectl shows them: two units while the first is small, then one.</summary>
internal static class HumanAge
{
    public static string Of(string? timestamp, DateTimeOffset now)
    {
        if (!DateTimeOffset.TryParse(timestamp, CultureInfo.InvariantCulture, out var then))
        {
            return "<unknown>";
        }

        var age = now - then;
        return age switch
        {
            { TotalSeconds: < 0 } => "0s",
            { TotalSeconds: < 120 } => Text($"{(int)age.TotalSeconds}s"),
            { TotalMinutes: < 10 } => Two((int)age.TotalMinutes, "m", age.Seconds, "s"),
            { TotalHours: < 3 } => Text($"{(int)age.TotalMinutes}m"),
            { TotalHours: < 8 } => Two((int)age.TotalHours, "h", age.Minutes, "m"),
            { TotalHours: < 48 } => Text($"{(int)age.TotalHours}h"),
            { TotalDays: < 8 } => Two((int)age.TotalDays, "d", age.Hours, "h"),
            _ => Text($"{(int)age.TotalDays}d"),
        };
    }

    private static string Two(int large, string unit, int small, string smallUnit) =>
        small == 0 ? Text($"{large}{unit}") : Text($"{large}{unit}{small}{smallUnit}");

    private static string Text(DefaultInterpolatedStringHandler text) => string.Create(CultureInfo.InvariantCulture, ref text);
}
