namespace Slipway.Core.Planning.Draining;

/// <summary>
/// The annotation by which a Node says that Slipway cordoned it. It is written and taken away in one patch with the cordon itself,
/// so a node that was cordoned by somebody else never carries it, and is never uncordoned.
/// </summary>
public static class CordonMark
{
    public const string Annotation = "slipway.dev/cordoned";
}
