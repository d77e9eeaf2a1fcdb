using System.Collections.Concurrent;
using System.Security.Cryptography;
using Slipway.Core.Installers;
using Slipway.Core.Planning;
using Slipway.Core.Spec;
using Slipway.Core.Versions;

namespace Slipway.Engine.Upgrading;

/// <summary>The installers that lie on this machine, to be sent to nodes.</summary>
internal static class InstallerArchives
{
    /// <summary>An archive is looked at many times in a run and is some 200 MB: it is read anew only when it may have changed.</summary>
    private static readonly ConcurrentDictionary<(string Path, long Bytes, DateTime Written), Archive> s_seen = new();

    /// <summary>Every archive that a node of the spec shall be upgraded to, by its path.</summary>
    public static IReadOnlyDictionary<string, ArchiveObservation> Observe(ClusterSpec spec) => spec.Nodes
        .Select(node => (Node: node, NodeImage.Of(spec, node).Archive)).Where(pair => pair.Archive is not null)
        .GroupBy(pair => pair.Archive!, StringComparer.Ordinal)
        .ToDictionary(same => same.Key, same => Judge(Look(same.Key), spec, same.Select(pair => pair.Node)), StringComparer.Ordinal);

    /// <summary>An installer installs the Talos that it is named after, whatever the spec says beside it.</summary>
    private static ArchiveObservation Judge(Archive archive, ClusterSpec spec, IEnumerable<NodeSpec> nodes) =>
        archive.Talos is { } talos && nodes.FirstOrDefault(node => !IsSame(spec.TalosOf(node), talos)) is { } other
            ? archive.Seen with { Problem = $"it is of Talos {talos}, and {other.Name} shall run {spec.TalosOf(other)}" }
            : archive.Seen;

    /// <summary>What stands behind the numbers is the maker's own.</summary>
    private static bool IsSame(ReleaseVersion one, ReleaseVersion other) => (one.Major, one.Minor, one.Patch) == (other.Major, other.Minor, other.Patch);

    private static Archive Look(string path)
    {
        var file = new FileInfo(path);
        return file.Exists
            ? s_seen.GetOrAdd((path, file.Length, file.LastWriteTimeUtc), _ => Read(path))
            : Unusable(Directory.Exists(path) ? "it is a folder" : "there is no such file");
    }

    private static Archive Read(string path)
    {
        try
        {
            if (ImageArchive.Names(path) is not { } names)
            {
                return Unusable("it is no archive of an image");
            }

            using var file = File.OpenRead(path);
            var digest = $"sha256:{Convert.ToHexStringLower(SHA256.HashData(file))}";
            return new Archive(new ArchiveObservation(digest, file.Length, null), names.Select(Version).FirstOrDefault(version => version is not null));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Unusable(error.Message);
        }
    }

    private static Archive Unusable(string problem) => new(new ArchiveObservation(null, 0, problem), null);

    private static ReleaseVersion? Version(string name) => ReleaseVersion.TryParse(name[(name.LastIndexOf(':') + 1)..], out var version) ? version : null;

    /// <param name="Talos">By the image's name; null when that does not tell.</param>
    private sealed record Archive(ArchiveObservation Seen, ReleaseVersion? Talos);
}
