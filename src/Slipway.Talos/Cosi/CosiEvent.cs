namespace Slipway.Talos.Cosi;

public enum CosiEventKind
{
    Created,
    Updated,
    Destroyed,

    /// <summary>All that was there at the start has been told; carries no resource.</summary>
    Bootstrapped,
}

/// <param name="Resource">Null for <see cref="CosiEventKind.Bootstrapped"/>.</param>
public sealed record CosiEvent(CosiEventKind Kind, CosiResource? Resource);
