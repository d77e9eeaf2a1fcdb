using Slipway.Core.Diagnostics;

namespace Slipway.Extension.Checking;

/// <summary>What a check of an image found.</summary>
public sealed record CheckReport
{
    /// <summary>The tar or folder, as the user named it.</summary>
    public required string Image { get; init; }

    /// <summary>One for each platform.</summary>
    public required IReadOnlyList<CheckedImage> Images { get; init; }

    public required IReadOnlyList<Diagnostic> Findings { get; init; }

    public bool Valid => Findings.All(finding => finding.Severity != Severity.Error);
}
