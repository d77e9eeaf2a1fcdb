namespace Slipway.Core.Planning.Upgrades;

/// <summary>Where kernel arguments have to stand for a node to boot with them.</summary>
public enum ArgumentPlace
{
    /// <summary>In the installer image: in its unified kernel image, from which GRUB takes them too since Talos 1.12.</summary>
    Image,

    /// <summary>In machine.install.extraKernelArgs, which GRUB's entry is written from when the installer runs.</summary>
    MachineConfig,
}
