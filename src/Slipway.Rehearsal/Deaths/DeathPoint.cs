using System.Globalization;
using Slipway.Core.Failures;

namespace Slipway.Rehearsal;

public enum DeathMoment
{
    /// <summary>The effect is written down as intended and has not begun.</summary>
    Intended,

    /// <summary>The effect is done, and nothing says so yet.</summary>
    Effected,
}

/// <summary>Where in a run the process is to die: <c>intended:3</c>, <c>effected:3</c>.</summary>
/// <param name="Effect">Number of the effect in the run, from 1.</param>
public sealed record DeathPoint(DeathMoment Moment, int Effect)
{
    /// <summary>The environment variable that a rehearsed run reads it from.</summary>
    public const string Variable = "SLIPWAY_REHEARSE_DEATH";

    public static DeathPoint Parse(string text)
    {
        var parts = text.Split(':');
        return parts.Length == 2
            && Enum.TryParse<DeathMoment>(parts[0], ignoreCase: true, out var moment)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var effect)
            && effect > 0
            ? new DeathPoint(moment, effect)
            : throw new SlipwayException(FailureReason.BadInput, $"{Variable}='{text}' is no point of a run")
            {
                Expected = "intended:N or effected:N, N counting effects from 1",
            };
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Moment.ToString().ToLowerInvariant()}:{Effect}");
}
