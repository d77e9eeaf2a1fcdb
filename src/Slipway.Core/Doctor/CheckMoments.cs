namespace Slipway.Core.Doctor;

/// <summary>When a check has something to say.</summary>
[Flags]
public enum CheckMoments
{
    None = 0,

    /// <summary>
    /// The machine is in maintenance mode: a run is about to install it. Resources and disks are told then, from Talos 1.13 on
    /// also the names in folders, but no file's content.
    /// </summary>
    BlankMachine = 1,

    /// <summary>A run is about to change a node that has a configuration. What the run itself mends does not belong here.</summary>
    BeforeChange = 2,

    /// <summary>The node runs and is looked at for its own sake.</summary>
    LiveNode = 4,

    /// <summary>A run has just installed the machine, and nothing runs on it yet: what a blank machine could not tell.</summary>
    AfterInstall = 8,

    /// <summary>A run has nothing left to do, and takes a last look.</summary>
    AfterRun = 16,

    /// <summary>The node does its work.</summary>
    Running = LiveNode | AfterRun,

    Always = BlankMachine | BeforeChange | AfterInstall | Running,
}
