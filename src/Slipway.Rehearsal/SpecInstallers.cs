using Slipway.Core.Installers;
using Slipway.Core.Spec;

namespace Slipway.Rehearsal;

/// <summary>A registry whose installers hold what a spec says of them. The file is read anew at each question.</summary>
public static class SpecInstallers
{
    /// <param name="path">A cluster.yaml; while it cannot be read, and of an installer that it does not name, nothing is known.</param>
    public static Func<string, IReadOnlyList<string>?> In(string path) => image =>
    {
        var reference = image.Split("@sha256:")[0];
        var node = File.Exists(path) && SpecReader.Read(path, File.ReadAllText(path)).Spec is { } spec
            ? spec.Nodes.Select(node => NodeImage.Of(spec, node)).FirstOrDefault(known => known.Reference.Split("@sha256:")[0] == reference)
            : null;
        return node?.Extensions;
    };
}
