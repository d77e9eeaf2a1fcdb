using Slipway.Xdp.Interop;
using Slipway.Xdp.Network;

namespace Slipway.Xdp.Attaching;

/// <summary>The bpf_link that keeps a program of ours attached: as long as this object holds it, or a pin does.</summary>
internal sealed class FilterLink(BpfHandle link) : IDisposable
{
    private const uint GenericMode = 2; // XDP_FLAGS_SKB_MODE
    private const uint DriverMode = 4;  // XDP_FLAGS_DRV_MODE

    public BpfHandle Handle { get; } = link;

    /// <summary>Tries one way; null with the errno when the kernel refuses it.</summary>
    public static FilterLink? TryAttach(AttachAttempt attempt, BpfHandle program, Nic nic, out int errno)
    {
        errno = attempt.Place == AttachPlace.Tcx
            ? Bpf.TryLinkTcx(program, (uint)nic.Index, out var link)
            : Bpf.TryLinkXdp(program, (uint)nic.Index, attempt.Place == AttachPlace.Generic ? GenericMode : DriverMode, out link);
        return link is null ? null : new FilterLink(link);
    }

    /// <summary>A pinned link of an earlier agent; null where none is, or where its interface is gone.</summary>
    public static FilterLink? Open(string pin)
    {
        var link = Bpf.OpenPin(pin);
        if (link is null)
        {
            return null;
        }

        if (Bpf.LinkFactsOf(link).Interface != 0)
        {
            return new FilterLink(link);
        }

        // Severed: the device was deleted, and its number may be another's by now.
        link.Dispose();
        File.Delete(pin);
        return null;
    }

    /// <summary>
    /// Whether it is on this interface: its number alone could be that of an interface in another network.
    /// </summary>
    /// <param name="nic">As it is now.</param>
    public bool IsOn(Nic nic)
    {
        var facts = Bpf.LinkFactsOf(Handle);
        return facts.Interface == nic.Index
            && (facts.Type == Bpf.XdpLinkType ? facts.ProgramId == nic.Program : Bpf.QueryTcx((uint)nic.Index).Any(entry => entry.Link == facts.Id));
    }

    /// <summary>Swaps the program without a packet in between that nobody sees; 0, or the errno with which the old one stays.</summary>
    public int TryReplace(BpfHandle program)
    {
        using var current = Bpf.OpenProgram(Bpf.LinkFactsOf(Handle).ProgramId);
        return current is null ? Errno.NoLink
            : Bpf.ProgramFactsOf(current).Id == Bpf.ProgramFactsOf(program).Id ? 0
            : Bpf.TryLinkReplace(Handle, program, current);
    }

    public void Detach() => _ = Bpf.TryLinkDetach(Handle);

    public void Dispose() => Handle.Dispose();
}
