using Google.Protobuf.WellKnownTypes;
using Slipway.Core.Planning;
using Slipway.Talos.Connections;

namespace Slipway.Talos.Api;

/// <summary>What a machine has in it, and its counters.</summary>
public sealed class HardwareApi(TalosConnection connection)
{
    private readonly Wire.Machine.MachineService.MachineServiceClient _machine = new(connection.Invoker);
    private readonly Wire.Storage.StorageService.StorageServiceClient _storage = new(connection.Invoker);

    /// <summary>Served in maintenance mode by every version.</summary>
    public async Task<IReadOnlyList<DiskObservation>> DisksAsync(CancellationToken cancellationToken)
    {
        var answer = (await _storage.DisksAsync(new Empty(), cancellationToken: cancellationToken)).Messages.Only(connection, "Disks");
        return [.. answer.Disks_.Select(disk => new DiskObservation(
            disk.DeviceName, NullIfEmpty(disk.Serial), NullIfEmpty(disk.Wwid), NullIfEmpty(disk.Model), disk.Size, disk.SystemDisk, disk.Readonly))];
    }

    /// <summary>One item a logical processor.</summary>
    public async Task<IReadOnlyList<Wire.Machine.CPUInfo>> ProcessorsAsync(CancellationToken cancellationToken) =>
        (await _machine.CPUInfoAsync(new Empty(), cancellationToken: cancellationToken)).Messages.Only(connection, "CPUInfo").CpuInfo;

    /// <summary>Counters of /proc/net/dev, one item a device.</summary>
    public async Task<IReadOnlyList<Wire.Machine.NetDev>> NetworkCountersAsync(CancellationToken cancellationToken) =>
        (await _machine.NetworkDeviceStatsAsync(new Empty(), cancellationToken: cancellationToken)).Messages.Only(connection, "NetworkDeviceStats").Devices;

    /// <summary>Sizes in bytes.</summary>
    public async Task<IReadOnlyList<Wire.Machine.MountStat>> MountsAsync(CancellationToken cancellationToken) =>
        (await _machine.MountsAsync(new Empty(), cancellationToken: cancellationToken)).Messages.Only(connection, "Mounts").Stats;

    private static string? NullIfEmpty(string text) => text.Length > 0 ? text : null;
}
