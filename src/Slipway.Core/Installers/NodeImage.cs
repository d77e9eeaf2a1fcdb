using System.Text.RegularExpressions;
using Slipway.Core.Filter;
using Slipway.Core.Layouts;
using Slipway.Core.MachineConfig.Generation;
using Slipway.Core.Policies;
using Slipway.Core.Spec;
using Slipway.Core.Versions;

namespace Slipway.Core.Installers;

/// <summary>The installer image that a node shall have been installed by.</summary>
public sealed partial record NodeImage
{
    /// <summary>What goes into <c>install.image</c>, and into an upgrade unless there is an <see cref="Archive"/>.</summary>
    public required string Reference { get; init; }

    /// <summary>
    /// Path of the archive that is sent to the node and that it is upgraded to once it was installed by <see cref="Reference"/>;
    /// null for an image that the node gets from a registry.
    /// </summary>
    public string? Archive { get; init; }

    /// <summary>What people call it.</summary>
    public string Name => Archive is null ? Reference : Path.GetFileName(Archive);

    /// <summary>How to make it anew, so that a node takes it for another one.</summary>
    public string Anew => Archive is null ? "build it anew under another tag" : "build it anew";

    /// <summary>True for the installer that Siderolabs makes for each Talos up to 1.13, with nothing added.</summary>
    public bool IsStock { get; init; }

    public required ReleaseVersion Talos { get; init; }

    /// <summary>Null for an image of the operator's own and for the stock installer of Talos up to 1.13.</summary>
    public Schematic? Schematic { get; init; }

    /// <summary>
    /// Id that an installed node tells; known too of an own image that comes from an image factory. Null when the image is
    /// from elsewhere.
    /// </summary>
    public string? SchematicId { get; init; }

    /// <summary>Names, as nodes tell them, of the extensions that it carries by the spec's word.</summary>
    public IReadOnlyList<string> Extensions { get; init; } = [];

    /// <summary>Version that its extension with the filter must have; null for any, and where it carries none.</summary>
    public ReleaseVersion? FilterVersion { get; init; }

    /// <summary>Arguments that the node shall boot with, wherever they come from.</summary>
    public IReadOnlyList<string> KernelArguments { get; init; } = [];

    public static NodeImage Of(ClusterSpec spec, NodeSpec node)
    {
        var (layout, talos) = (NodeLayout.Of(node), spec.TalosOf(node));
        var extensions = spec.Extensions.Distinct().Order(StringComparer.Ordinal).ToList();
        var image = new NodeImage
        {
            Reference = "",
            Talos = talos,
            Extensions = [.. extensions.Select(extension => extension[(extension.IndexOf('/', StringComparison.Ordinal) + 1)..])],
            KernelArguments = layout.KernelArguments,
        };
        var (own, archive) = OwnOf(spec, node);
        if (archive is not null)
        {
            image = image with { Reference = own ?? Plain(spec, talos), Archive = archive };
            return BringsFilter(spec, image.Reference, archive) ? WithFilter(image, spec) : image;
        }

        if (own is not null)
        {
            image = image with { Reference = own, SchematicId = IdIn(own) };
            return BringsFilter(spec, own, null) ? WithFilter(image, spec) : image;
        }

        var schematic = new Schematic { KernelArguments = layout.KernelArguments, Extensions = extensions };
        // From 1.14 on there is no ready-made installer any more; before, the stock one does where nothing is added to it.
        return schematic.IsEmpty && !spec.SecureBoot && !talos.IsAtLeast(1, 14)
            ? image with { Reference = Images.Installer(talos), IsStock = true }
            : image with { Reference = Factory(spec, schematic, talos), Schematic = schematic, SchematicId = schematic.Id };
    }

    /// <summary>What the node itself says goes before its profile's word, and that before the cluster's; an archive beside an image is upgraded to.</summary>
    private static (string? Image, string? Archive) OwnOf(ClusterSpec spec, NodeSpec node)
    {
        (string? Image, string? Archive)[] words =
            [(node.InstallerImage, node.InstallerArchive), (node.Layout?.InstallerImage, node.Layout?.InstallerArchive), (spec.InstallerImage, spec.InstallerArchive)];
        return (words.FirstOrDefault(word => word.Image is not null).Image, words.FirstOrDefault(word => (word.Image ?? word.Archive) is not null).Archive);
    }

    /// <summary>Talos with nothing added.</summary>
    private static string Plain(ClusterSpec spec, ReleaseVersion talos) =>
        spec.SecureBoot || talos.IsAtLeast(1, 14) ? Factory(spec, Schematic.Empty, talos) : Images.Installer(talos);

    private static string Factory(ClusterSpec spec, Schematic schematic, ReleaseVersion talos) =>
        $"{spec.ImageFactory}/metal-installer{(spec.SecureBoot ? "-secureboot" : "")}/{schematic.Id}:{talos}";

    /// <summary>An own image that a node with the filter is installed by brings the filter, to whichever node it comes.</summary>
    private static bool BringsFilter(ClusterSpec spec, string image, string? archive) =>
        spec.Xdp.Mode != XdpMode.Off && spec.Nodes.Any(node => ValidatorNodes.Contains(node) && OwnOf(spec, node) is var other && other.Archive == archive && (archive is not null || other.Image == image));

    private static NodeImage WithFilter(NodeImage image, ClusterSpec spec) =>
        image with { Extensions = [.. image.Extensions.Append(FilterExtension.Name).Distinct()], FilterVersion = spec.Xdp.Version };

    /// <summary>The schematic's id in an image factory's reference, or null.</summary>
    public static string? IdIn(string reference) => FactoryPattern().Match(reference) is { Success: true } match ? match.Groups["id"].Value : null;

    [GeneratedRegex("/(?:[a-z0-9]+-)?installer(?:-secureboot)?/(?<id>[0-9a-f]{64})[:@]", RegexOptions.CultureInvariant)]
    private static partial Regex FactoryPattern();
}
