namespace Slipway.Rehearsal.Nodes;

/// <summary>Phases of UnattendedInstallStatus (Talos 1.14); older nodes go through the middle ones only.</summary>
internal enum InstallPhase
{
    None,
    Pending,
    Installing,
    WaitingForReboot,
    Installed,
    Failed,
}
