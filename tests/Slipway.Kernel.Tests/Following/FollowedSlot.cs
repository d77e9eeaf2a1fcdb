using Slipway.Kernel.Tests.Machine;
using Slipway.Xdp;
using Slipway.Xdp.Interop;
using Slipway.Xdp.Loading;

namespace Slipway.Kernel.Tests.Following;

/// <summary>A wire whose near end belongs to an owner, and a folder of bpffs for the filter that follows it.</summary>
public abstract class FollowedSlot : IDisposable
{
    internal FollowedSlot() => Pins = Directory.CreateDirectory(Path.Combine(Bpffs.Path, "nic")).FullName;

    internal VethPair Veth { get; } = new();

    internal Bpffs Bpffs { get; } = new();

    /// <summary>Of the one interface.</summary>
    internal string Pins { get; }

    public void Dispose()
    {
        Veth.Dispose();
        Bpffs.Dispose();
        GC.SuppressFinalize(this);
    }

    internal static XdpFilter Load()
    {
        var filter = TheFilter.Load();
        filter.Mode = FilterMode.Enforce;
        return filter;
    }

    internal BpfHandle Attach(OwnerProgram owner) => Attach(Veth, owner);

    internal static BpfHandle Attach(VethPair veth, OwnerProgram owner)
    {
        var nic = veth.Nic.Index;
        return veth.Node.Inside(() => owner.Attach(nic));
    }

    /// <summary>As Cilium does on each regeneration: without a look at what is there.</summary>
    internal static void OwnerReplaces(BpfHandle link, OwnerProgram program)
    {
        using var current = Bpf.OpenProgram(Bpf.LinkFactsOf(link).ProgramId)!;
        Assert.Equal(0, Bpf.TryLinkReplace(link, program.Handle, current));
    }

    internal string NameOfProgramInSlot()
    {
        using var program = Bpf.OpenProgram(Veth.Nic.Program)!;
        return Bpf.ProgramFactsOf(program).Name;
    }

    /// <summary>What becomes of a frame that the filter lets pass.</summary>
    internal uint VerdictOfSlot()
    {
        using var program = Bpf.OpenProgram(Veth.Nic.Program)!;
        Assert.Equal(0, Bpf.TryTestRun(program, new byte[64], [], [], 1, 0, 0, out var verdict, out _, out _));
        return verdict;
    }
}
