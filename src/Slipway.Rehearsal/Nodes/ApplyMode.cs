namespace Slipway.Rehearsal.Nodes;

/// <summary>Modes of ApplyConfiguration, with the numbers of the wire.</summary>
internal enum ApplyMode
{
    Reboot = 0,
    Auto = 1,
    NoReboot = 2,
    Staged = 3,
    Try = 4,
}
