using System.Globalization;
using Slipway.Rehearsal.Hardware;
using Slipway.Rehearsal.Nodes;

namespace Slipway.Rehearsal.Resources;

/// <content>What the machine is made of.</content>
internal static partial class ResourceRendering
{
    private static IEnumerable<ResourceBody> SystemInformations(RehearsedNode node)
    {
        var hardware = node.Plate.Hardware;
        yield return new("systeminformation", $"""
            manufacturer: {hardware.Manufacturer}
            productName: {hardware.Product}
            version: "0123456789"
            serialnumber: {hardware.Serial}
            uuid: {hardware.Uuid}
            wakeUpType: Power Switch
            skuNumber: ""

            """);
    }

    private static IEnumerable<ResourceBody> Processors(RehearsedNode node)
    {
        var hardware = node.Plate.Hardware;
        yield return new("CPU-0", $"""
            socket: CPU
            manufacturer: Advanced Micro Devices, Inc.
            productName: {hardware.Processor}
            maxSpeedMhz: 4300
            bootSpeedMhz: 3850
            status: 65
            coreCount: {hardware.Cores}
            coreEnabled: {hardware.Cores}
            threadCount: {hardware.Threads}

            """);
    }

    private static IEnumerable<ResourceBody> MemoryModules(RehearsedNode node) => Enumerable.Range(0, 12).Select(slot => new ResourceBody(
        $"DIMM-{(char)('A' + slot)}1",
        $"sizeMiB: {node.Plate.Hardware.MemoryMiB / 12}\ndeviceLocator: DIMM{(char)('A' + slot)}1\nbankLocator: P0_Node0_Channel{slot}_Dimm0\nspeed: 4800\nmanufacturer: Samsung\n"));

    private static IEnumerable<ResourceBody> Disks(RehearsedNode node) =>
        node.Plate.Hardware.Disks.Select((disk, index) => new ResourceBody(disk.Device, DiskSpec(disk, index)));

    private static string DiskSpec(DiskHardware disk, int index) => string.Create(CultureInfo.InvariantCulture, $"""
        dev_path: {disk.Path}
        size: {disk.Size}
        pretty_size: {disk.Size / 1_000_000_000} GB
        io_size: 512
        sector_size: 512
        readonly: false
        cdrom: false
        model: {disk.Model}
        serial: {disk.Serial}
        wwid: {disk.Wwid}
        bus_path: /pci0000:c0/0000:c{index + 1}:00.0/nvme
        sub_system: /sys/class/block
        transport: nvme
        symlinks:
            - /dev/disk/by-id/nvme-{disk.Wwid}

        """);

    private static IEnumerable<ResourceBody> SystemDisks(RehearsedNode node) => node.Disk.System is { } disk
        ? [new("system-disk", $"diskID: {disk.Device}\ndevPath: {disk.Path}\n")]
        : [];

    private static IEnumerable<ResourceBody> PciDevices(RehearsedNode node) => node.Plate.Hardware.Links.Select(link => new ResourceBody(
        link.PciAddress,
        $"class: Network controller\nsubclass: Ethernet controller\nvendor: Mellanox Technologies\nproduct: MT2894 Family [ConnectX-6 Lx]\nclass_id: \"0x02\"\nsubclass_id: \"0x00\"\nvendor_id: \"0x15b3\"\nproduct_id: \"0x101f\"\ndriver: {link.Driver}\n"));
}
