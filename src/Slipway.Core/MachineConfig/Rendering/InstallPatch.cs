using Slipway.Core.Installers;
using Slipway.Core.Layouts;
using Slipway.Core.MachineConfig.Documents;
using Slipway.Core.MachineConfig.Generation;
using Slipway.Core.Planning.Upgrades;
using Slipway.Core.Spec;
using YamlDotNet.RepresentationModel;

namespace Slipway.Core.MachineConfig.Rendering;

/// <summary>Where Talos is installed and by which image.</summary>
internal static class InstallPatch
{
    public static IEnumerable<YamlMappingNode> For(BaseConfig config, RenderRequest request)
    {
        var install = request.Node.Install;
        var image = NodeImage.Of(request.Spec, request.Node).Reference;
        if (config.UsesDocuments(NodePatches.Documents, "machine.install"))
        {
            // "wipe" is written out in any case: here its default is true.
            yield return Tree.Document(
                "UnattendedInstallConfig",
                ("reboot", Tree.True),
                ("installer", Tree.Map(("image", Tree.Text(image)))),
                ("provisioning", Tree.Map(
                    ("diskSelector", Tree.Map(("match", Tree.Text(Expression(install))))),
                    ("wipe", install.Wipe ? Tree.True : Tree.False))));
            yield break;
        }

        // A base config's own choice of disk would stand beside ours, and which of the two wins is Talos' business.
        var other = install.Disk is null ? "disk" : "diskSelector";
        if (config.Find(ConfigDocument.LegacyKind, $"machine.install.{other}") is not null)
        {
            yield return Machine((other, Tree.Map(("$patch", Tree.Text("delete")))));
        }

        yield return Machine(
            install.Disk is { } disk ? ("disk", Tree.Text(disk)) : ("diskSelector", Selector(install)),
            ("image", Tree.Text(image)),
            ("wipe", install.Wipe ? Tree.True : Tree.False),
            ("extraKernelArgs", KernelArguments(request)));
    }

    /// <summary>Only where GRUB looks for them; everywhere else they are in the image, and here they would be ignored or refused.</summary>
    private static YamlSequenceNode? KernelArguments(RenderRequest request) =>
        ArgumentPlaces.Of(request.Spec, request.Node) == ArgumentPlace.MachineConfig && NodeLayout.Of(request.Node).KernelArguments is { Count: > 0 } arguments
            ? Tree.Texts(arguments)
            : null;

    private static YamlMappingNode Machine(params IEnumerable<(string, YamlNode?)> fields) =>
        Tree.Map(("machine", Tree.Map(("install", Tree.Map(fields)))));

    private static YamlMappingNode Selector(InstallSpec install) => Tree.Map(
        ("serial", install.Serial is { } serial ? Tree.Text(serial) : null),
        ("wwid", install.Wwid is { } wwid ? Tree.Text(wwid) : null));

    /// <summary>CEL over the fields of Talos' disk resource (api/resource/definitions/block/block.proto, DiskSpec).</summary>
    private static string Expression(InstallSpec install) => install switch
    {
        { Serial: { } serial } => $"disk.serial == {Quoted(serial)}",
        { Wwid: { } wwid } => $"disk.wwid == {Quoted(wwid)}",
        _ => $"disk.dev_path == {Quoted(install.Disk ?? "")}",
    };

    private static string Quoted(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
