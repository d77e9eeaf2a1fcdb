namespace Slipway.Extension.Oci;

/// <summary>One file or empty folder that goes into a tar; the folders above it come by themselves.</summary>
/// <param name="Path">Relative, with slashes, without a leading one.</param>
internal sealed record TarFile(string Path, ReadOnlyMemory<byte> Content)
{
    /// <summary>0755 instead of 0644.</summary>
    public bool IsExecutable { get; init; }

    public bool IsFolder { get; init; }

    public static TarFile Folder(string path) => new(path, default) { IsFolder = true };
}
