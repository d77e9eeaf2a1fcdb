namespace Slipway.Extension.Checking;

/// <summary>The files of an OCI layout, wherever they lie.</summary>
internal interface ILayoutSource : IDisposable
{
    /// <summary>The file's bytes and their number, or null when it is not there.</summary>
    /// <param name="path">As <see cref="Oci.LayoutFiles"/> spells it: never something that the image says.</param>
    (Stream Content, long Size)? Open(string path);
}
