namespace Slipway.Extension.Checking;

/// <summary>
/// What an image may ask of whoever checks it. Real extensions stay far below (the largest, with a graphics driver, unpack to
/// some 800 MB); beyond it an archive is a bomb, and is left alone with a finding.
/// </summary>
public sealed record CheckLimits
{
    public static CheckLimits Default { get; } = new();

    /// <summary>Bytes of index, manifest or configuration.</summary>
    public int Document { get; init; } = 4 * 1024 * 1024;

    /// <summary>Bytes of a file of the extension that is read, such as its manifest.</summary>
    public int ReadFile { get; init; } = 1024 * 1024;

    /// <summary>Bytes of all layers together, unpacked.</summary>
    public long Unpacked { get; init; } = 4L * 1024 * 1024 * 1024;

    /// <summary>Files and folders in all layers.</summary>
    public int Entries { get; init; } = 200_000;

    /// <summary>Images in one layout: as many as there are platforms.</summary>
    public int Images { get; init; } = 32;

    /// <summary>Bytes after which an extension is a burden: it lies in memory from boot on (its initramfs is never given back whole).</summary>
    public long Comfortable { get; init; } = 512L * 1024 * 1024;
}
