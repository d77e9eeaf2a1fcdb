namespace Slipway.Talos.Api;

/// <summary>What may happen to a node when its config is applied.</summary>
public enum ConfigurationMode
{
    /// <summary>Reboots when needed up to 1.13, never from 1.14 on. Works everywhere.</summary>
    Auto,

    /// <summary>Refused by Talos 1.14 outside maintenance mode.</summary>
    Reboot,

    /// <summary>Refused in maintenance mode up to 1.12.</summary>
    NoReboot,

    /// <summary>Only saved; refused in maintenance mode up to 1.12.</summary>
    Staged,

    /// <summary>Not saved, and taken back after a while unless another apply confirms it.</summary>
    Try,
}
