using Slipway.Xdp.Loading;

namespace Slipway.Xdp.Attaching;

/// <summary>Where the filter stands on an interface, and why not somewhere better.</summary>
/// <param name="Variant">Of the filter's program that runs; null where none does.</param>
/// <param name="Owner">Who has the XDP slot; behind a filter that follows, whose program comes next.</param>
/// <param name="Why">Why it stands there, in plain words; empty where there is no better place.</param>
/// <param name="Steps">What was tried, one line each, in plain words.</param>
public sealed record AttachReport(AttachPlace Place, ProgramVariant? Variant, SlotOwner Owner, string Why, IReadOnlyList<string> Steps)
{
    /// <summary>The program's name; empty where none runs.</summary>
    public string Program => Variant is { } variant ? ProgramNames.Of(variant) : "";
}
