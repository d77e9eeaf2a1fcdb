using System.Globalization;

namespace Slipway.Cli.Output;

internal static class Durations
{
    /// <summary><c>0.4s</c>, <c>12s</c>, <c>3m05s</c>, <c>1h02m</c>: as precise as a person wants it.</summary>
    public static string Short(TimeSpan time) => time switch
    {
        { TotalSeconds: < 9.95 } => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(time.TotalSeconds, 0):0.0}s"),
        { TotalSeconds: < 60 } => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalSeconds}s"),
        { TotalMinutes: < 60 } => string.Create(CultureInfo.InvariantCulture, $"{time.Minutes}m{time.Seconds:00}s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours}h{time.Minutes:00}m"),
    };
}
