namespace Slipway.Xdp.Network;

/// <summary>Something about an interface changed: it came, went, was renamed, changed MTU, flags or carrier.</summary>
/// <param name="Index">Its number.</param>
/// <param name="Name">Its name now, or at the end.</param>
/// <param name="Gone">True when it is not there any more.</param>
public sealed record NicChange(int Index, string Name, bool Gone);
