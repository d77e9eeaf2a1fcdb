using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Slipway.Rehearsal.Nodes;
using Slipway.Rehearsal.Serving;
using Slipway.Talos.Wire.Storage;

namespace Slipway.Rehearsal.Services;

internal sealed class StorageApi : StorageService.StorageServiceBase
{
    public override Task<DisksResponse> Disks(Empty request, ServerCallContext context)
    {
        var node = NodeCall.Of(context).Node;
        var disks = new Disks();
        disks.Disks_.AddRange(node.Plate.Hardware.Disks.Select(disk => new Disk
        {
            DeviceName = disk.Path,
            Model = disk.Model,
            Name = disk.Model,
            Serial = disk.Serial,
            Wwid = disk.Wwid,
            Size = (ulong)disk.Size,
            Type = Disk.Types.DiskType.Nvme,
            BusPath = "/pci0000:c0/nvme",
            Subsystem = "/sys/class/block",
            SystemDisk = node.Disk.System is { } system && disk == (node.World.Ails(Ailment.OtherDisk, node.Plate.Name) ? node.Plate.Hardware.Disks[^1] : system),
        }));
        return Task.FromResult(new DisksResponse { Messages = { disks } });
    }

    public override Task<BlockDeviceWipeResponse> BlockDeviceWipe(BlockDeviceWipeRequest request, ServerCallContext context)
    {
        var node = NodeCall.Of(context).Node;
        foreach (var device in request.Devices)
        {
            var disk = node.Plate.Hardware.Disks.FirstOrDefault(disk => disk.Device == device.Device)
                ?? throw new Refusal(RefusalCode.NotFound, $"blockdevice \"{device.Device}\" not found");
            if (node.Disk.System == disk)
            {
                throw Refusal.NotNow($"blockdevice \"{device.Device}\" is in use by the system");
            }
        }

        return Task.FromResult(new BlockDeviceWipeResponse { Messages = { new BlockDeviceWipe() } });
    }
}
