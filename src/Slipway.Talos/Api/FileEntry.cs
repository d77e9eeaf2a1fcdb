namespace Slipway.Talos.Api;

/// <param name="Size">Bytes.</param>
/// <param name="Mode">As Go has it (os.FileMode): the lowest nine bits are the Unix permissions, those above are Go's own and not of st_mode.</param>
/// <param name="Link">Where a symbolic link points, or null.</param>
/// <param name="Error">Why the node could not look at it, or null.</param>
public sealed record FileEntry(string Path, string RelativePath, long Size, bool IsFolder, uint Mode, DateTimeOffset Modified, string? Link, string? Error);
