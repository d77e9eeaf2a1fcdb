using Slipway.Xdp.Failures;
using Slipway.Xdp.Interop;
using Slipway.Xdp.Loading;
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

    /// <summary>The variant of the program that runs now, or null when it is not one of ours.</summary>
    public ProgramVariant? Variant()
    {
        using var program = Bpf.OpenProgram(Bpf.LinkFactsOf(Handle).ProgramId);
        var name = program is null ? "" : Bpf.ProgramFactsOf(program).Name;
        return Enum.GetValues<ProgramVariant>().Cast<ProgramVariant?>().FirstOrDefault(variant => ProgramNames.Of(variant!.Value) == name);
    }

    /// <summary>Swaps the program without a packet in between that nobody sees.</summary>
    /// <exception cref="XdpException">Somebody swapped it first (ChangedMeanwhile), or the interface is gone (LinkSevered).</exception>
    public void Replace(BpfHandle program)
    {
        using var expected = Bpf.OpenProgram(Bpf.LinkFactsOf(Handle).ProgramId)
            ?? throw new XdpException(XdpFailureReason.ChangedMeanwhile, "the program in the link was swapped while it was looked at");
        var errno = Bpf.TryLinkReplace(Handle, program, expected);
        if (errno != 0)
        {
            throw errno == Errno.NotPermitted
                ? new XdpException(XdpFailureReason.ChangedMeanwhile, "the program in the link was swapped while it was looked at", errno)
                : XdpException.FromErrno(errno, "swapping the filter's program");
        }
    }

    public void Detach() => _ = Bpf.TryLinkDetach(Handle);

    public void Dispose() => Handle.Dispose();
}
