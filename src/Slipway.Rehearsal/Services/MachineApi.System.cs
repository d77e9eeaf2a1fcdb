using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Slipway.Rehearsal.Serving;
using Slipway.Talos.Wire.Machine;

namespace Slipway.Rehearsal.Services;

/// <content>What the machine has and does.</content>
internal sealed partial class MachineApi
{
    public override Task<HostnameResponse> Hostname(Empty request, ServerCallContext context) =>
        Task.FromResult(new HostnameResponse { Messages = { new Hostname { Hostname_ = NodeCall.Of(context).Node.Hostname } } });

    public override Task<MountsResponse> Mounts(Empty request, ServerCallContext context)
    {
        var node = NodeCall.Of(context).Node;
        var mounts = new Mounts
        {
            Stats =
            {
                new MountStat { Filesystem = "devtmpfs", Size = 400_000_000_000, Available = 400_000_000_000, MountedOn = "/dev" },
                new MountStat { Filesystem = "bpffs", MountedOn = "/sys/fs/bpf" },
                new MountStat { Filesystem = "cgroup2", MountedOn = "/sys/fs/cgroup" },
            },
        };
        if (node.Disk.System is { } disk)
        {
            mounts.Stats.Add(new MountStat { Filesystem = $"{disk.Path}p4", Size = 100_663_296, Available = 90_000_000, MountedOn = "/system/state" });
            mounts.Stats.Add(new MountStat { Filesystem = $"{disk.Path}p5", Size = (ulong)disk.Size - 4_000_000_000, Available = (ulong)disk.Size - 24_000_000_000, MountedOn = "/var" });
        }

        return Task.FromResult(new MountsResponse { Messages = { mounts } });
    }

    /// <summary>Counters grow with virtual time, as on a machine with a little background traffic.</summary>
    public override Task<NetworkDeviceStatsResponse> NetworkDeviceStats(Empty request, ServerCallContext context)
    {
        var node = NodeCall.Of(context).Node;
        var seconds = (ulong)(node.World.Clock.GetUtcNow() - node.BootedAt).TotalSeconds;
        var stats = new NetworkDeviceStats { Total = new NetDev { Name = "total" } };
        foreach (var (link, index) in node.Plate.Hardware.Links.Select((link, index) => (link, index)))
        {
            var packets = index == 0 ? seconds * 120 : 0;
            var bad = node.World.Ails(Ailment.LinkErrors, node.Plate.Name) ? 1 + (packets / 1000) : 0;
            stats.Devices.Add(new NetDev
            {
                Name = link.Name,
                RxPackets = packets,
                RxBytes = packets * 600,
                RxErrors = bad,
                RxFifo = bad,
                TxPackets = packets,
                TxBytes = packets * 400,
            });
            stats.Total.RxPackets += packets;
            stats.Total.RxBytes += packets * 600;
            stats.Total.TxPackets += packets;
            stats.Total.TxBytes += packets * 400;
        }

        return Task.FromResult(new NetworkDeviceStatsResponse { Messages = { stats } });
    }

    public override Task<CPUInfoResponse> CPUInfo(Empty request, ServerCallContext context)
    {
        var node = NodeCall.Of(context).Node;
        var hardware = node.Plate.Hardware;
        var weak = node.World.Ails(Ailment.WeakCpu, node.Plate.Name);
        var all = new CPUsInfo();
        for (var thread = 0; thread < (weak ? 8 : hardware.Threads); thread++)
        {
            all.CpuInfo.Add(new CPUInfo
            {
                Processor = (uint)thread,
                VendorId = "AuthenticAMD",
                CpuFamily = "25",
                Model = "17",
                ModelName = hardware.Processor,
                Stepping = "1",
                Microcode = "0xa101148",
                CpuMhz = 3850,
                CacheSize = "1024 KB",
                PhysicalId = "0",
                Siblings = (uint)hardware.Threads,
                CoreId = (thread % hardware.Cores).ToString(CultureInfo.InvariantCulture),
                CpuCores = (uint)hardware.Cores,
                Flags = { "fpu", "aes", "avx", "avx2", "avx512f", "constant_tsc" },
            });
            if (!weak)
            {
                all.CpuInfo[^1].Flags.Add("sha_ni");
            }
        }

        return Task.FromResult(new CPUInfoResponse { Messages = { all } });
    }

    public override async Task ImageList(ImageListRequest request, IServerStreamWriter<ImageListResponse> responseStream, ServerCallContext context)
    {
        foreach (var image in NodeCall.Of(context).Node.ImageNames())
        {
            await responseStream.WriteAsync(new ImageListResponse { Name = image, Digest = ImageApi.DigestOf(image), Size = ImageApi.Size }, context.CancellationToken);
        }
    }

    public override Task<ImagePullResponse> ImagePull(ImagePullRequest request, ServerCallContext context)
    {
        NodeCall.Of(context).Node.AddImage(request.Reference);
        return Task.FromResult(new ImagePullResponse { Messages = { new ImagePull() } });
    }
}
