namespace Slipway.Talos.Api;

/// <summary>What a reset wipes. It never touches other disks than the system disk.</summary>
public sealed record ResetOptions
{
    /// <summary>Leaves etcd and drains first; hangs where either is not healthy, so false on the last or on a broken control plane.</summary>
    public required bool Graceful { get; init; }

    /// <summary>False powers off at the end.</summary>
    public required bool Reboot { get; init; }

    /// <summary><c>STATE</c> and <c>EPHEMERAL</c> keep the system and drop config and data; empty wipes the whole system disk.</summary>
    public required IReadOnlyList<string> Partitions { get; init; }
}
