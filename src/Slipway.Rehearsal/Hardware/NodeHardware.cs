using System.Globalization;

namespace Slipway.Rehearsal.Hardware;

/// <summary>What a rehearsed machine is made of. The same index always gives the same machine.</summary>
internal sealed record NodeHardware
{
    /// <summary>SMBIOS system UUID, lower case.</summary>
    public required string Uuid { get; init; }

    /// <summary>SMBIOS system serial number.</summary>
    public required string Serial { get; init; }

    public string Manufacturer { get; init; } = "Supermicro";

    public string Product { get; init; } = "AS-1115CS-TNR";

    public string Processor { get; init; } = "AMD EPYC 9374F 32-Core Processor";

    public int Cores { get; init; } = 32;

    public int Threads { get; init; } = 64;

    public int MemoryMiB { get; init; } = 786_432;

    /// <summary>True for a machine that boots by BIOS and so by GRUB.</summary>
    public bool Bios { get; init; }

    /// <summary>The first is meant for the system.</summary>
    public required IReadOnlyList<DiskHardware> Disks { get; init; }

    public required IReadOnlyList<LinkHardware> Links { get; init; }

    public static NodeHardware Of(int index)
    {
        var number = index.ToString("D4", CultureInfo.InvariantCulture);
        return new NodeHardware
        {
            Uuid = string.Create(CultureInfo.InvariantCulture, $"5117a900-0000-4000-8000-{index:x12}"),
            Serial = "SLW" + number,
            Disks =
            [
                new("nvme0n1", "S64GNE0R" + number, Wwid(index, 0), "SAMSUNG MZQL2960HCJR-00A07", 960_197_124_096),
                new("nvme1n1", "7170A0B1" + number, Wwid(index, 1), "KIOXIA KCD8XPUG3T84", 3_840_755_982_336),
                new("nvme2n1", "7170A0B2" + number, Wwid(index, 2), "KIOXIA KCD8XPUG3T84", 3_840_755_982_336),
            ],
            Links =
            [
                new("enp1s0f0np0", Mac(index, 0), "0000:01:00.0", 25_000),
                new("enp1s0f1np1", Mac(index, 1), "0000:01:00.1", 25_000),
            ],
        };
    }

    /// <summary>Another board in the same place.</summary>
    public NodeHardware Swapped() => this with { Uuid = "0bad0bad" + Uuid[8..] };

    private static string Wwid(int index, int disk) => string.Create(CultureInfo.InvariantCulture, $"eui.00253844{index:x4}{disk:x4}");

    private static string Mac(int index, int port) =>
        string.Create(CultureInfo.InvariantCulture, $"52:54:{port:x2}:{index >> 16 & 0xff:x2}:{index >> 8 & 0xff:x2}:{index & 0xff:x2}");
}
