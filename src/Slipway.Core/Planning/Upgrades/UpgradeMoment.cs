namespace Slipway.Core.Planning.Upgrades;

/// <summary>When in a run a node is upgraded.</summary>
public enum UpgradeMoment
{
    /// <summary>Before its config is sent: a config is written for the version that is wanted, and an older node would refuse it.</summary>
    BeforeConfig,

    /// <summary>
    /// After: GRUB up to Talos 1.11 takes kernel arguments out of the config that the node has when its installer runs, and only a
    /// node with a config takes an installer that is sent to it (Talos: rights of ImageService.Import).
    /// </summary>
    AfterConfig,
}
