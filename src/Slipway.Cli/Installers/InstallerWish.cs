using System.Security.Cryptography;
using System.Text;
using Slipway.Core.Installers;
using Slipway.Core.Spec;
using Slipway.Core.Versions;

namespace Slipway.Cli.Installers;

/// <summary>One installer that has to be made, and for which nodes.</summary>
internal sealed record InstallerWish
{
    public required ReleaseVersion Talos { get; init; }

    public required bool SecureBoot { get; init; }

    public required IReadOnlyList<string> KernelArguments { get; init; }

    public required IReadOnlyList<string> Nodes { get; init; }

    /// <summary>What the spec calls it: where it has to be for the nodes to find it.</summary>
    public required string Reference { get; init; }

    /// <summary>The file that the spec wants it in; null for an image that nodes get from a registry.</summary>
    public string? Archive { get; init; }

    /// <summary>The same for the same content.</summary>
    public string FileName => $"installer-{Talos}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ProfileText([])))).AsSpan(0, 8)}.tar";

    /// <summary>Nodes with the same reference or archive, Talos and kernel arguments share one.</summary>
    public static IReadOnlyList<InstallerWish> Of(ClusterSpec spec, IReadOnlyList<NodeSpec> nodes) =>
    [
        .. nodes.Select(node => (Node: node, Image: NodeImage.Of(spec, node)))
            .GroupBy(node => (node.Image.Talos, node.Image.Reference, node.Image.Archive, Arguments: string.Join(' ', node.Image.KernelArguments)))
            .Select(same => new InstallerWish
            {
                Talos = same.Key.Talos,
                Reference = same.Key.Reference,
                Archive = same.Key.Archive,
                SecureBoot = spec.SecureBoot,
                KernelArguments = same.First().Image.KernelArguments,
                Nodes = [.. same.Select(node => node.Node.Name)],
            }),
    ];

    /// <summary>
    /// What Talos' imager reads from its standard input (siderolabs/talos: pkg/imager/profile). Its flags would do, but for an
    /// extension that lies on this machine: --system-extension-image takes references only.
    /// </summary>
    /// <param name="extensions">Layout folders as the imager sees them, and references.</param>
    public string ProfileText(IReadOnlyList<(string Place, bool IsFolder)> extensions)
    {
        var text = new StringBuilder($"""
            baseProfileName: {(SecureBoot ? "secureboot-installer" : "installer")}
            arch: amd64
            platform: metal
            version: {Talos}

            """);
        if (KernelArguments.Count > 0)
        {
            text.Append("customization:\n  extraKernelArgs:\n").AppendJoin("", KernelArguments.Select(argument => $"    - {Quoted(argument)}\n"));
        }

        // The installer without a system in it; from 1.14 on there is no other in the registry.
        text.Append(System.Globalization.CultureInfo.InvariantCulture, $"input:\n  baseInstaller:\n    imageRef: ghcr.io/siderolabs/installer-base:{Talos}\n");
        if (extensions.Count > 0)
        {
            text.Append("  systemExtensions:\n").AppendJoin("", extensions.Select(extension => $"    - {(extension.IsFolder ? "ociPath" : "imageRef")}: {Quoted(extension.Place)}\n"));
        }

        return text.ToString();
    }

    private static string Quoted(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
