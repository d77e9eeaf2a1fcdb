using System.Collections.Concurrent;
using System.Security.Cryptography;
using Slipway.Core.Installers;
using Slipway.Core.Planning;
using Slipway.Core.Spec;

namespace Slipway.Engine.Upgrading;

/// <summary>The installers that lie on this machine, to be sent to nodes.</summary>
internal static class InstallerArchives
{
    /// <summary>An archive is looked at many times in a run and is some 200 MB: it is read anew only when it may have changed.</summary>
    private static readonly ConcurrentDictionary<(string Path, long Bytes, DateTime Written), ArchiveObservation> s_seen = new();

    /// <summary>Every archive that a node of the spec shall be upgraded to, by its path.</summary>
    public static IReadOnlyDictionary<string, ArchiveObservation> Observe(ClusterSpec spec) => spec.Nodes
        .Select(node => NodeImage.Of(spec, node).Archive).OfType<string>().Distinct(StringComparer.Ordinal)
        .ToDictionary(path => path, Observe, StringComparer.Ordinal);

    private static ArchiveObservation Observe(string path)
    {
        var file = new FileInfo(path);
        return file.Exists
            ? s_seen.GetOrAdd((path, file.Length, file.LastWriteTimeUtc), _ => Read(path))
            : new ArchiveObservation(null, 0, Directory.Exists(path) ? "it is a folder" : "there is no such file");
    }

    private static ArchiveObservation Read(string path)
    {
        try
        {
            if (!ImageArchive.IsImage(path))
            {
                return new ArchiveObservation(null, 0, "it is no archive of an image");
            }

            using var file = File.OpenRead(path);
            return new ArchiveObservation($"sha256:{Convert.ToHexStringLower(SHA256.HashData(file))}", file.Length, null);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new ArchiveObservation(null, 0, error.Message);
        }
    }
}
