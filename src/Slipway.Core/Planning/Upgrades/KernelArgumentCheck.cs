using Slipway.Core.Installers;
using Slipway.Core.Spec;

namespace Slipway.Core.Planning.Upgrades;

/// <summary>Whether the kernel arguments that a profile wants are on the command line that the node booted with, and if not, why.</summary>
public static class KernelArgumentCheck
{
    /// <summary>Each wanted argument that did not arrive. Empty for a node that does not tell its command line.</summary>
    public static IReadOnlyList<MissingArgument> Missing(ClusterSpec spec, NodeSpec node, NodeObservation seen)
    {
        if (seen.Boot is not { Cmdline: { } cmdline } boot)
        {
            return [];
        }

        var image = NodeImage.Of(spec, node);
        var words = cmdline.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return [.. image.KernelArguments.Except(words).Select(argument => new MissingArgument(argument, Why(spec, node, image, seen, boot, words, argument)))];
    }

    private static string Why(ClusterSpec spec, NodeSpec node, NodeImage image, NodeObservation seen, BootObservation boot, string[] words, string argument)
    {
        var name = argument.Split('=')[0];
        if (ArgumentPlaces.Of(spec, node) == ArgumentPlace.MachineConfig)
        {
            return boot.Uki == true
                ? "the profile says grub, but the node boots a unified kernel image, which does not look into the machine config: say bootloader: uki"
                : "GRUB's entry is written when the installer runs: it counts after the next upgrade";
        }

        if (boot.Uki == false && seen.Talos?.IsAtLeast(1, 12) == false)
        {
            return "the node boots by GRUB, which up to Talos 1.11 takes arguments from the machine config alone: say bootloader: grub in its profile";
        }

        if (image.SchematicId is null)
        {
            return $"the installer {image.Name} does not carry it: {image.Anew}, with this argument";
        }

        if (boot.SchematicId != image.SchematicId)
        {
            return $"the node runs {(boot.SchematicId is { } id ? $"schematic {id}" : "an image without a schematic")}, not {image.SchematicId}";
        }

        return words.FirstOrDefault(word => word.Split('=')[0] == name) is { } other
            ? $"the command line says {other} instead, which was put there beside the image"
            : image.Schematic is null
                ? $"the installer {image.Reference} was made without it"
                : "the node's image has it, yet the node did not boot with it: was the boot entry edited, or GRUB's configuration kept?";
    }
}

/// <param name="Why">In a phrase, with what to do where there is something to do.</param>
public sealed record MissingArgument(string Argument, string Why)
{
    public override string ToString() => $"{Argument} did not arrive: {Why}";
}
