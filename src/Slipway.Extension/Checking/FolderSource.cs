namespace Slipway.Extension.Checking;

/// <summary>A layout in a folder.</summary>
internal sealed class FolderSource(string folder) : ILayoutSource
{
    public (Stream Content, long Size)? Open(string path)
    {
        var info = new FileInfo(Path.Combine(folder, path));
        // A device or a pipe has no end.
        if (!info.Exists || (File.ResolveLinkTarget(info.FullName, returnFinalTarget: true) ?? info) is not FileInfo { Exists: true } target || target.Attributes.HasFlag(FileAttributes.Device))
        {
            return null;
        }

        var file = new FileStream(info.FullName, FileMode.Open, FileAccess.Read, FileShare.Read);
        return (file, file.Length);
    }

    public void Dispose()
    {
    }
}
