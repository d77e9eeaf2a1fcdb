namespace Slipway.Xdp.Attaching;

/// <summary>How the filter sits on an interface after an attempt.</summary>
/// <param name="Attach">driver-frags, driver, tcx, generic or none.</param>
/// <param name="Owner">Who holds the XDP slot, in words; empty when nobody does.</param>
/// <param name="Why">Why it is so and not better, in words; empty when it could not be better.</param>
public sealed record AttachOutcome(string Attach, string Owner, string Why);
