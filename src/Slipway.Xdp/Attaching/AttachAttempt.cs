using Slipway.Xdp.Loading;

namespace Slipway.Xdp.Attaching;

/// <summary>One way to attach, and why it is tried.</summary>
public sealed record AttachAttempt(AttachPlace Place, ProgramVariant Variant, string Why)
{
    /// <summary>"driver mode with frags".</summary>
    public string Name => (Place, Variant) switch
    {
        (AttachPlace.Driver, ProgramVariant.Frags) => "driver mode with frags",
        (AttachPlace.Driver, _) => "driver mode without frags",
        (AttachPlace.Tcx, _) => "the head of the tcx chain",
        _ => "generic mode",
    };
}
