namespace Slipway.Core.Doctor;

/// <summary>When a check has something to say.</summary>
[Flags]
public enum CheckMoments
{
    None = 0,

    /// <summary>The machine is in maintenance mode: a run is about to install it. Only resources and disks are told then, no files.</summary>
    BlankMachine = 1,

    /// <summary>A run is about to change a node that has a configuration. What the run itself mends does not belong here.</summary>
    BeforeChange = 2,

    /// <summary>The node runs and is looked at for its own sake.</summary>
    LiveNode = 4,

    Always = BlankMachine | BeforeChange | LiveNode,
}
