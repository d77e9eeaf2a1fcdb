using Slipway.Core.Diagnostics;

namespace Slipway.Extension.Manifests;

/// <summary>Reads <c>manifest.yaml</c> by Talos' rules (<c>pkg/machinery/extensions/load.go</c>, <c>validate.go</c>) and a few of our own.</summary>
internal static class ExtensionManifestReader
{
    private const string OnlyVersion = "v1alpha1";

    /// <returns>Null when there are errors; every finding is added to <paramref name="findings"/>.</returns>
    public static ExtensionManifest? Read(string file, string text, ICollection<Diagnostic> findings)
    {
        var own = new List<Diagnostic>();
        var manifest = MappingReader.Open(file, text, own) is { } root ? Read(root) : null;
        own.ForEach(findings.Add);
        return own.Any(finding => finding.Severity == Severity.Error) ? null : manifest;
    }

    private static ExtensionManifest? Read(MappingReader root)
    {
        if (root.Text("version", required: true) is { } version && version != OnlyVersion)
        {
            root.Error("version", $"Talos does not read manifests of version '{version}'", OnlyVersion);
        }

        var metadata = root.Mapping("metadata", required: true);
        root.WarnOfUnknownKeys();
        if (metadata is null)
        {
            return null;
        }

        var talos = metadata.Mapping("compatibility")?.Mapping("talos");
        var range = talos?.Text("version") ?? "";
        if (range.Length > 0 && !CompatibilityRange.TryParse(range, out _, out var problem))
        {
            talos!.Error("version", $"Talos cannot read this range: {problem}", "such as '>= v1.12.0 < v1.15.0'");
        }

        var manifest = new ExtensionManifest
        {
            Name = metadata.Text("name", required: true) ?? "",
            Version = metadata.Text("version", required: true) ?? "",
            Author = metadata.Text("author") ?? "",
            Description = metadata.Text("description") ?? "",
            TalosRange = range,
        };
        _ = metadata.Text("extraInfo");
        metadata.WarnOfUnknownKeys();
        return manifest;
    }
}
