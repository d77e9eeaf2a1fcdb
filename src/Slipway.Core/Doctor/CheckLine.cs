namespace Slipway.Core.Doctor;

/// <summary>One line of a checkup. A value, free of secrets; its names are those of the JSON that <c>doctor -o json</c> prints.</summary>
public sealed record CheckLine
{
    /// <summary>The check's id, such as <c>link.mtu</c>; stable, for scripts.</summary>
    public required string Check { get; init; }

    /// <summary>What of many it is about: a link, a sysctl, a service; null when there is only one.</summary>
    public string? Of { get; init; }

    public required CheckOutcome Outcome { get; init; }

    public string? Expected { get; init; }

    public string? Got { get; init; }

    /// <summary>Why it does not apply; only then.</summary>
    public string? Reason { get; init; }

    /// <summary>Why it matters.</summary>
    public required string Why { get; init; }

    /// <summary>What to do about it; null when nothing is to be done.</summary>
    public string? Fix { get; init; }

    /// <summary><c>kernel.sysctl net.core.rmem_max</c></summary>
    public string Name => Of is null ? Check : $"{Check} {Of}";

    public override string ToString() => Outcome == CheckOutcome.NotApplicable
        ? $"{Name}: {Reason}"
        : $"{Name}: expected {Expected}, found {Got}{(Fix is null ? "" : $"; {Fix}")}";
}
