using Slipway.Core.Installers;
using Slipway.Core.Spec;

namespace Slipway.Rehearsal;

/// <summary>
/// An image factory that knows what a spec asks of it, as a real one does once 'slipway schematic' was posted to it. The file is
/// read anew at each question, so that an operator can change it while the machines stand.
/// </summary>
public static class SpecSchematics
{
    /// <param name="path">A cluster.yaml; while it cannot be read, nothing is known.</param>
    public static Func<string, Schematic?> In(string path) => id =>
        File.Exists(path) && SpecReader.Read(path, File.ReadAllText(path)).Spec is { } spec
            ? spec.Nodes.Select(node => NodeImage.Of(spec, node).Schematic).FirstOrDefault(schematic => schematic?.Id == id)
            : null;
}
