namespace Slipway.Xdp.Attaching;

/// <summary>Where the filter stands on an interface, and why not somewhere better.</summary>
/// <param name="Owner">Who has the XDP slot, once the filter was attached.</param>
/// <param name="Steps">What was tried, one line each, in plain words.</param>
public sealed record AttachReport(AttachPlace Place, string Program, SlotOwner Owner, IReadOnlyList<string> Steps);
