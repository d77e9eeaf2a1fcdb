using Slipway.Core.Spec;

namespace Slipway.Core.Planning.Upgrades;

/// <summary>
/// Which of the two places counts. systemd-boot never looks into the config; GRUB does unless grubUseUKICmdline is set, which
/// configs generated for Talos 1.12 and later have (Talos: cmd/installer/cmd/installer/install.go).
/// </summary>
public static class ArgumentPlaces
{
    public static ArgumentPlace Of(ClusterSpec spec, NodeSpec node) =>
        node.Layout?.BootLoader == BootLoader.Grub && !spec.TalosOf(node).IsAtLeast(1, 12) ? ArgumentPlace.MachineConfig : ArgumentPlace.Image;
}
