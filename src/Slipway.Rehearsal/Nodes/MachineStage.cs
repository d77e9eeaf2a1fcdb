namespace Slipway.Rehearsal.Nodes;

/// <summary>MachineStatus.stage, with the numbers of MachineStatusEvent.MachineStage.</summary>
internal enum MachineStage
{
    Unknown = 0,
    Booting = 1,
    Installing = 2,
    Maintenance = 3,
    Running = 4,
    Rebooting = 5,
    ShuttingDown = 6,
    Resetting = 7,
    Upgrading = 8,
}
