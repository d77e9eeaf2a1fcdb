namespace Slipway.Talos.Api;

/// <param name="Size">Bytes.</param>
/// <param name="Mode">Unix mode bits.</param>
/// <param name="Link">Where a symbolic link points, or null.</param>
/// <param name="Error">Why the node could not look at it, or null.</param>
public sealed record FileEntry(string Path, string RelativePath, long Size, bool IsFolder, uint Mode, DateTimeOffset Modified, string? Link, string? Error);
