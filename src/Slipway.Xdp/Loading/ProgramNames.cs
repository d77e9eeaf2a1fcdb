using Slipway.Xdp.Interop;

namespace Slipway.Xdp.Loading;

/// <summary>Names of the programs in the object (bpf/README.md), and of the maps that belong to one of them only.</summary>
internal static class ProgramNames
{
    /// <summary>What every program of ours begins with, and no program of anybody else that we know.</summary>
    public const string Prefix = "slw_";

    public const string Beat = "slw_beat";
    public const string JunkFrags = "slw_junk_frags";
    public const string JunkPlain = "slw_junk_plain";

    public static IReadOnlyList<ProgramVariant> XdpVariants { get; } =
        [ProgramVariant.Frags, ProgramVariant.Plain, ProgramVariant.FragsUntyped, ProgramVariant.PlainUntyped];

    public static string Of(ProgramVariant variant) => variant == ProgramVariant.Tcx ? "slw_tcx" : "slw_xdp_" + Suffix(variant);

    /// <summary>The prog_array that holds the followed owner's program.</summary>
    public static string NextMap(ProgramVariant variant) => "slw_next_" + Suffix(variant);

    /// <summary>The cpumap that takes exiled packets.</summary>
    public static string ExileMap(ProgramVariant variant) => "slw_exile_" + Suffix(variant);

    /// <summary>The program that runs on the CPUs of the cpumap.</summary>
    public static string JunkProgram(ProgramVariant variant) => HasFrags(variant) ? JunkFrags : JunkPlain;

    public static bool HasFrags(ProgramVariant variant) => variant is ProgramVariant.Frags or ProgramVariant.FragsUntyped;

    public static BpfAttachType AttachType(ProgramVariant variant) => variant switch
    {
        ProgramVariant.Tcx => BpfAttachType.TcxIngress,
        ProgramVariant.Frags or ProgramVariant.Plain => BpfAttachType.Xdp,
        _ => BpfAttachType.None,
    };

    private static string Suffix(ProgramVariant variant) => variant switch
    {
        ProgramVariant.Frags => "frags",
        ProgramVariant.Plain => "plain",
        ProgramVariant.FragsUntyped => "frags0",
        ProgramVariant.PlainUntyped => "plain0",
        _ => throw new ArgumentOutOfRangeException(nameof(variant), variant, "only XDP variants have maps of their own"),
    };
}
