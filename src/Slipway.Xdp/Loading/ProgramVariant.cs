namespace Slipway.Xdp.Loading;

/// <summary>
/// The filter's entries: the same body, compiled for each place it can stand in. Frags flag and expected attach type of a program
/// must equal those of the program it shares a prog_array or a link with.
/// </summary>
public enum ProgramVariant
{
    /// <summary>XDP for frames in several buffers; loaded with expected attach type 37.</summary>
    Frags,

    /// <summary>XDP for frames in one buffer; loaded with expected attach type 37.</summary>
    Plain,

    /// <summary>As <see cref="Frags"/> without expected attach type, to stand before programs loaded that way.</summary>
    FragsUntyped,

    /// <summary>As <see cref="Plain"/> without expected attach type, to stand before programs loaded that way (Firedancer's).</summary>
    PlainUntyped,

    /// <summary>For the tcx ingress chain.</summary>
    Tcx,
}
