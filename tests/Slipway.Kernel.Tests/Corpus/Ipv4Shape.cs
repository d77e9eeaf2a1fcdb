namespace Slipway.Kernel.Tests.Corpus;

/// <summary>How an IPv4 header differs from the plain one; what is not set is as it should be.</summary>
internal sealed record Ipv4Shape
{
    public static Ipv4Shape Plain { get; } = new();

    public int Version { get; init; } = 4;

    /// <summary>0 to 10 words of no-operation options behind the header.</summary>
    public int OptionWords { get; init; }

    /// <summary>What the header says of its own length, in words.</summary>
    public int? HeaderWords { get; init; }

    /// <summary>What the header says of the packet's length.</summary>
    public int? TotalLength { get; init; }

    /// <summary>Flags and offset: 0x4000 is "don't fragment", 0x2000 "more fragments", the low 13 bits count 8 bytes.</summary>
    public ushort Fragment { get; init; } = 0x4000;
}
