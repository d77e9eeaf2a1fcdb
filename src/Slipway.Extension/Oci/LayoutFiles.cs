namespace Slipway.Extension.Oci;

/// <summary>The names of an OCI layout's files (OCI image-spec, image-layout.md), the same in a folder and in a tar.</summary>
internal static class LayoutFiles
{
    public const string Marker = "oci-layout";
    public const string Index = "index.json";
    public const string Blobs = "blobs";
    public const string BlobFolder = "blobs/sha256";

    private const string TagAnnotation = "org.opencontainers.image.ref.name";
    // What containerd's importer names the image by; it would make up a name otherwise.
    private const string NameAnnotation = "io.containerd.image.name";

    public static string PathOf(string hex) => $"{BlobFolder}/{hex}";

    /// <summary>Path and content of every file, in the order of the paths.</summary>
    public static IEnumerable<(string Path, ReadOnlyMemory<byte> Content)> Of(OciImage image)
    {
        var annotations = new SortedDictionary<string, string>(StringComparer.Ordinal) { [NameAnnotation] = image.Reference.ToString() };
        if (image.Reference.Tag is { } tag)
        {
            annotations[TagAnnotation] = tag;
        }

        var index = new OciIndex
        {
            SchemaVersion = 2,
            MediaType = OciMediaTypes.Index,
            Manifests = [image.Manifest.Descriptor with { Platform = image.Platform, Annotations = annotations }],
        };
        var files = new SortedDictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal)
        {
            [Marker] = """{"imageLayoutVersion":"1.0.0"}"""u8.ToArray(),
            [Index] = OciJson.Write(index),
        };
        foreach (var blob in image.Blobs)
        {
            files[PathOf(blob.Descriptor.Digest["sha256:".Length..])] = blob.Content;
        }

        return files.Select(file => (file.Key, file.Value));
    }
}
