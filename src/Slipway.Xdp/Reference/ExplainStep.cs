namespace Slipway.Xdp.Reference;

/// <summary>One thing that was looked at on the way to a verdict.</summary>
/// <param name="Offset">Of the field in the frame, in bytes; null for what is not in the packet.</param>
/// <param name="Field">Its name.</param>
/// <param name="Found">Its value, as people write it.</param>
/// <param name="Expected">What it has to be; empty where any value will do.</param>
/// <param name="Holds">Whether it is.</param>
public sealed record ExplainStep(int? Offset, string Field, string Found, string Expected, bool Holds);
