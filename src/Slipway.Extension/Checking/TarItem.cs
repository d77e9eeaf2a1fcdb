namespace Slipway.Extension.Checking;

/// <summary>One entry's head.</summary>
/// <param name="Name">As the archive spells it; anything may be in it.</param>
/// <param name="Size">Bytes of content that follow; 0 for all but files.</param>
/// <param name="Link">What a link names, or an empty text.</param>
internal sealed record TarItem(string Name, TarEntryKind Kind, UnixFileMode Mode, long Size, string Link);
