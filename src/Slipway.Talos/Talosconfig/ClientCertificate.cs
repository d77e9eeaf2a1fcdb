using Slipway.Talos.Pki;

namespace Slipway.Talos.Talosconfig;

/// <summary>How long the way in that one context of a talosconfig offers is still open.</summary>
/// <param name="Context">Its name.</param>
/// <param name="Roles">Such as <c>os:admin</c>.</param>
public sealed record ClientCertificate(string Context, IReadOnlyList<string> Roles, DateTimeOffset NotBefore, DateTimeOffset NotAfter)
{
    /// <summary>Time enough to notice and act, for certificates that live a year; shorter ones are due in their last third.</summary>
    private static readonly TimeSpan s_longestNotice = TimeSpan.FromDays(30);

    /// <summary>From when on it should be renewed.</summary>
    public DateTimeOffset DueFrom => (NotAfter - NotBefore) / 3 is var third && third < s_longestNotice ? NotAfter - third : NotAfter - s_longestNotice;

    public bool IsDue(DateTimeOffset now) => now >= DueFrom;

    /// <summary>In words: <c>ends in 12 days, on 2027-01-31</c>.</summary>
    public string Describe(DateTimeOffset now)
    {
        var left = NotAfter - now;
        var on = NotAfter.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", System.Globalization.CultureInfo.InvariantCulture);
        return left <= TimeSpan.Zero ? $"ended on {on}" : now < NotBefore ? $"begins only on {NotBefore.UtcDateTime:yyyy-MM-dd HH:mm} UTC" : $"ends in {Rough(left)}, on {on}";
    }

    /// <summary>Of every context that signs in by certificate; with a CA, only of those that belong to its cluster.</summary>
    /// <exception cref="Core.Failures.SlipwayException">A certificate cannot be read.</exception>
    public static IReadOnlyList<ClientCertificate> Of(TalosClientConfig config, string? ca = null) =>
    [
        .. from pair in config.Contexts
           where pair.Value.Client is not null && (ca is null || pair.Value.Ca?.Trim() == ca.Trim())
           let identity = ClientIdentity.Load(pair.Value.Client!, $"the context '{pair.Key}'")
           select new ClientCertificate(pair.Key, identity.Roles, identity.NotBefore, identity.NotAfter),
    ];

    private static string Rough(TimeSpan left) => left switch
    {
        { TotalDays: >= 2 } => $"{(int)left.TotalDays} days",
        { TotalHours: >= 2 } => $"{(int)left.TotalHours} hours",
        _ => $"{(int)Math.Ceiling(left.TotalMinutes)} minutes",
    };
}
