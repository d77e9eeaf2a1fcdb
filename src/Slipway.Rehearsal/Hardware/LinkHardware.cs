namespace Slipway.Rehearsal.Hardware;

/// <param name="Mac">Permanent address, lower case.</param>
/// <param name="SpeedMbit">Both ends' agreed speed.</param>
internal sealed record LinkHardware(string Name, string Mac, string PciAddress, int SpeedMbit)
{
    public string Driver { get; init; } = "mlx5_core";
}
