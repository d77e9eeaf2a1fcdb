using System.IO.Compression;
using System.Text.Json;
using Slipway.Core.Versions;
using Slipway.Extension.Oci;

namespace Slipway.Extension.Checking;

/// <summary>Goes from a layout's index down to the files of each image, and holds every blob to its digest.</summary>
internal sealed class LayoutReader(ILayoutSource source, CheckLimits limits, FindingList findings)
{
    /// <summary>An index names indexes, one for each image; nobody nests deeper.</summary>
    private const int Deepest = 3;

    private long _unpacked;

    public IReadOnlyList<CheckedImage> Read(ReleaseVersion? talos)
    {
        if (source.Open(LayoutFiles.Marker) is null || Document<OciIndex>(LayoutFiles.Index, null) is not { } index)
        {
            findings.Error("", "this is no OCI layout", $"{LayoutFiles.Marker} and {LayoutFiles.Index} at the top", "'skopeo copy docker-archive:FILE oci-archive:FILE.tar' converts an archive of docker's older form");
            return [];
        }

        var manifests = new List<OciDescriptor>();
        Collect(index, 0, manifests);
        if (manifests.Count == 0)
        {
            findings.Error("", "there is no image in this layout");
        }

        return [.. manifests.Select(descriptor => Image(descriptor, talos)).OfType<CheckedImage>()];
    }

    private void Collect(OciIndex index, int depth, List<OciDescriptor> manifests)
    {
        foreach (var descriptor in index.Manifests)
        {
            if (manifests.Count >= limits.Images || depth > Deepest)
            {
                findings.Error(LayoutFiles.Index, $"more than {limits.Images} images, or indexes in each other more than {Deepest} deep");
                return;
            }

            if (OciMediaTypes.IsIndex(descriptor.MediaType))
            {
                if (Document<OciIndex>(descriptor) is { } inner)
                {
                    Collect(inner, depth + 1, manifests);
                }
            }
            else if (!OciMediaTypes.IsManifest(descriptor.MediaType))
            {
                findings.Error(LayoutFiles.Index, $"'{descriptor.MediaType}' is not an image", OciMediaTypes.Manifest);
            }
            else if (descriptor.Platform is not { Os: "unknown" })
            {
                // Of an unknown system are attestations, which builders put beside the images.
                manifests.Add(descriptor);
            }
        }
    }

    private CheckedImage? Image(OciDescriptor descriptor, ReleaseVersion? talos)
    {
        if (Document<OciManifest>(descriptor) is not { } manifest || Document<OciConfig>(manifest.Config) is not { } config)
        {
            return null;
        }

        var platform = $"{config.Os}/{config.Architecture}";
        if (config.Os != "linux" || config.Architecture is not ("amd64" or "arm64"))
        {
            findings.Error("", $"the image is for {platform}", "linux/amd64 or linux/arm64");
        }

        var tree = new FileTree(findings, limits);
        var before = _unpacked;
        var complete = config.RootFileSystem.DiffIds.Count == manifest.Layers.Count;
        if (!complete)
        {
            findings.Error("", $"the configuration tells of {config.RootFileSystem.DiffIds.Count} layers and the manifest of {manifest.Layers.Count}");
        }

        for (var i = 0; i < manifest.Layers.Count && complete; i++)
        {
            complete = Layer(manifest.Layers[i], config.RootFileSystem.DiffIds[i], tree);
        }

        var image = new CheckedImage
        {
            Platform = platform,
            Digest = descriptor.Digest,
            Compressed = manifest.Layers.Sum(layer => layer.Size),
            Unpacked = _unpacked - before,
        };
        // Half a tree would draw findings about what is missing, where the layer is what is wrong.
        return complete ? new ContentCheck(tree, limits, findings).Apply(image, talos) : image;
    }

    private bool Layer(OciDescriptor descriptor, string diffId, FileTree tree)
    {
        if (Blob(descriptor) is not { } blob)
        {
            return false;
        }

        using var stored = new CountingStream(blob, long.MaxValue);
        try
        {
            Stream? plain = descriptor.MediaType switch
            {
                OciMediaTypes.LayerGzip or OciMediaTypes.DockerLayerGzip => new GZipStream(stored, CompressionMode.Decompress),
                OciMediaTypes.Layer or OciMediaTypes.DockerLayer => stored,
                _ => null,
            };
            if (plain is null)
            {
                var zstd = descriptor.MediaType == OciMediaTypes.LayerZstd;
                findings.Error(descriptor.Digest, $"a layer of type '{descriptor.MediaType}' cannot be looked into", OciMediaTypes.LayerGzip, zstd ? "'skopeo copy --dest-compress-format gzip' packs it anew" : null);
                return false;
            }

            using var counted = new CountingStream(plain, limits.Unpacked - _unpacked);
            tree.Add(new TarScanner(counted));
            var found = counted.Finish();
            _unpacked += counted.Count;
            if (found != diffId)
            {
                findings.Error(descriptor.Digest, "the unpacked layer is not the one that the configuration names", diffId, $"found {found}");
            }

            return Matches(descriptor, stored.Finish());
        }
        catch (Exception error) when (error is InvalidDataException or IOException)
        {
            findings.Error(descriptor.Digest, $"the layer cannot be unpacked: {error.Message}");
            return false;
        }
        finally
        {
            blob.Dispose();
        }
    }

    private T? Document<T>(OciDescriptor descriptor)
        where T : class => OciDigest.TryHex(descriptor.Digest, out var hex) ? Document<T>(LayoutFiles.PathOf(hex), descriptor) : NotADigest<T>(descriptor);

    private T? Document<T>(string path, OciDescriptor? descriptor)
        where T : class
    {
        using var content = descriptor is null ? source.Open(path)?.Content : Blob(descriptor);
        if (content is null)
        {
            return null;
        }

        var bytes = new byte[limits.Document + 1];
        var count = content.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (count > limits.Document)
        {
            findings.Error(path, $"has more than {limits.Document:N0} bytes");
            return null;
        }

        if (descriptor is not null && !Matches(descriptor, OciDigest.Of(bytes.AsSpan(0, count))))
        {
            return null;
        }

        try
        {
            return OciJson.Read<T>(bytes.AsSpan(0, count));
        }
        catch (Exception error) when (error is JsonException or NotSupportedException)
        {
            findings.Error(path, $"is not what an image has there: {error.Message}");
            return null;
        }
    }

    private Stream? Blob(OciDescriptor descriptor)
    {
        if (!OciDigest.TryHex(descriptor.Digest, out var hex))
        {
            return NotADigest<Stream>(descriptor);
        }

        if (source.Open(LayoutFiles.PathOf(hex)) is not { } found)
        {
            findings.Error(descriptor.Digest, "the image names this part, and it is not there");
            return null;
        }

        if (found.Size != descriptor.Size)
        {
            findings.Error(descriptor.Digest, $"has {found.Size:N0} bytes", $"{descriptor.Size:N0}, as the image says");
        }

        return found.Content;
    }

    private bool Matches(OciDescriptor descriptor, string digest)
    {
        if (digest != descriptor.Digest)
        {
            findings.Error(descriptor.Digest, "the content is not what this digest was made of", null, $"found {digest}: the image is damaged, or was changed");
        }

        return digest == descriptor.Digest;
    }

    private T? NotADigest<T>(OciDescriptor descriptor)
        where T : class
    {
        findings.Error("", $"'{descriptor.Digest}' is no digest", "sha256 and 64 hexadecimal digits");
        return null;
    }
}
