using System.Buffers.Binary;
using Slipway.Xdp.Reference;

namespace Slipway.Kernel.Tests.Running;

/// <summary>An entry of the object, and what its return values mean.</summary>
/// <param name="Name">Of the program.</param>
/// <param name="Hook">Where it hangs.</param>
internal sealed record ProgramVariant(string Name, Hook Hook)
{
    public static ProgramVariant Frags { get; } = new("slw_xdp_frags", Hook.Xdp);

    public static ProgramVariant Tcx { get; } = new("slw_tcx", Hook.Tcx);

    /// <summary>The same body for every place that the program can stand in.</summary>
    public static IReadOnlyList<ProgramVariant> All { get; } =
        [Frags, new("slw_xdp_plain", Hook.Xdp), new("slw_xdp_frags0", Hook.Xdp), new("slw_xdp_plain0", Hook.Xdp), Tcx];

    /// <summary>Those that are loaded without an expected attach type, to stand before programs that have none.</summary>
    public bool IsUntyped => Name.EndsWith('0');

    public override string ToString() => Name;

    /// <summary>
    /// Whether the kernel can be asked: BPF_PROG_TEST_RUN makes a socket buffer for tcx only when the IP header that the type
    /// names is all there, which is more than a wire promises.
    /// </summary>
    public bool Takes(ReadOnlySpan<byte> frame)
    {
        if (Hook == Hook.Xdp || frame.Length < 15)
        {
            return frame.Length >= (Hook == Hook.Xdp ? 14 : 15);
        }

        return frame.Length >= 14 + BinaryPrimitives.ReadUInt16BigEndian(frame[12..]) switch { 0x0800 => 20, 0x86DD => 40, _ => 1 };
    }

    /// <summary>XDP_PASS or TCX_NEXT.</summary>
    public bool Passed(uint returned) => returned == (Hook == Hook.Xdp ? 2u : uint.MaxValue);

    /// <summary>XDP_DROP or TCX_DROP.</summary>
    public bool Dropped(uint returned) => returned == (Hook == Hook.Xdp ? 1u : 2u);
}
