using System.Security.Cryptography;
using Slipway.Core.Installers;
using Slipway.Core.Spec;

namespace Slipway.Rehearsal;

/// <summary>Installers that hold what a spec says of them, in a registry or in archives. The spec is read anew at each question.</summary>
public static class SpecInstallers
{
    /// <param name="path">A cluster.yaml; while it cannot be read, and of an installer that it does not name, nothing is known.</param>
    /// <returns>Knows an archive by <c>sha256:</c> and the digest of its file.</returns>
    public static Func<string, IReadOnlyList<string>?> In(string path) => image =>
        File.Exists(path) && SpecReader.Read(path, File.ReadAllText(path)).Spec is { } spec
            ? spec.Nodes.Select(node => NodeImage.Of(spec, node)).FirstOrDefault(known => Is(known, image, Path.GetDirectoryName(path)!))?.Extensions
            : null;

    private static bool Is(NodeImage known, string image, string folder)
    {
        if (known.Archive is not { } archive)
        {
            return known.Reference.Split("@sha256:")[0] == image.Split("@sha256:")[0];
        }

        var file = Path.GetFullPath(archive, folder);
        return image.StartsWith("sha256:", StringComparison.Ordinal) && File.Exists(file) && image == $"sha256:{Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)))}";
    }
}
