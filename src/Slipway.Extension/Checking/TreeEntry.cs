namespace Slipway.Extension.Checking;

/// <summary>A file, folder or link of the flattened image.</summary>
/// <param name="Content">Of files that are looked into; null for all others.</param>
internal sealed record TreeEntry(string Path, TarEntryKind Kind, UnixFileMode Mode, long Size, string Link, byte[]? Content);
