namespace Slipway.Extension.Checking;

internal enum TarEntryKind
{
    File,
    Folder,
    SymbolicLink,
    HardLink,

    /// <summary>A device, a pipe, or something that no extension holds.</summary>
    Special,
}
