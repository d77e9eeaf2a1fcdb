using System.Text;
using Slipway.Core.Diagnostics;
using Slipway.Core.Versions;
using Slipway.Extension.Building;
using Slipway.Extension.Manifests;

namespace Slipway.Extension.Checking;

/// <summary>What Talos wants of an extension's files.</summary>
internal sealed class ContentCheck(FileTree tree, CheckLimits limits, FindingList findings)
{
    public CheckedImage Apply(CheckedImage image, ReleaseVersion? talos)
    {
        TopLevel();
        PathRules.Apply(tree, findings);
        var manifest = Manifest();
        var range = manifest is { TalosRange.Length: > 0 } && CompatibilityRange.TryParse(manifest.TalosRange, out var parsed, out _) ? parsed : null;
        if (talos is not null && range?.Holds(talos) == false)
        {
            findings.Error(ExtensionLayout.Manifest, $"the extension is not for Talos {talos}", manifest!.TalosRange);
        }

        if (image.Unpacked > limits.Comfortable)
        {
            findings.Warning("", $"unpacks to {image.Unpacked / (1024 * 1024):N0} MiB, which a node holds in memory from its boot on");
        }

        return image with
        {
            Extension = manifest,
            Services = new ServiceCheck(tree, findings).Apply(),
            TalosLines = manifest is null ? [] : [.. TalosRelease.Supported.Select(release => release.Line).Where(line => range?.Holds(ReleaseVersion.Parse(line + ".0")) ?? true)],
        };
    }

    private void TopLevel()
    {
        foreach (var entry in tree.Entries.Where(entry => !entry.Path.Contains('/', StringComparison.Ordinal)))
        {
            if (entry.Path is not (ExtensionLayout.Manifest or ExtensionLayout.Rootfs))
            {
                findings.Error(entry.Path, "Talos refuses anything at the top but manifest.yaml and rootfs");
            }
        }

        if (!tree.HasFolder(ExtensionLayout.Rootfs))
        {
            findings.Error(ExtensionLayout.Rootfs, "is missing", "a folder, even if it is empty");
        }
    }

    private ExtensionManifest? Manifest()
    {
        if (tree.Find(ExtensionLayout.Manifest) is not { Kind: TarEntryKind.File } entry)
        {
            findings.Error(ExtensionLayout.Manifest, "is missing, or is no file");
            return null;
        }

        if (entry.Content is not { } content)
        {
            return null;
        }

        var own = new List<Diagnostic>();
        var manifest = ExtensionManifestReader.Read(findings.FileIn(entry.Path), Encoding.UTF8.GetString(content), own);
        findings.AddRange(own);
        return manifest;
    }
}
