using Slipway.Xdp.Loading;

namespace Slipway.Kernel.Tests.Machine;

/// <summary>The object that was built of bpf/ together with these tests.</summary>
internal static class TheFilter
{
    public static string File { get; } = Path.Combine(AppContext.BaseDirectory, "solana_xdp.bpf.o");

    public static FilterObject Object { get; } = FilterObject.FromFile(File);

    public static XdpFilter Load(params IReadOnlyCollection<ProgramVariant> variants)
    {
        Root.Demand();
        return XdpFilter.Load(Object, new LoadRequest { Variants = variants, Trace = true });
    }
}
