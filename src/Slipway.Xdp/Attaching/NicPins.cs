using Slipway.Xdp.Following;
using Slipway.Xdp.Interop;
using Slipway.Xdp.Network;

namespace Slipway.Xdp.Attaching;

/// <summary>What is pinned of one interface: the link in the XDP slot, the link in the tcx chain, and what a followed slot needs.</summary>
internal sealed class NicPins(string path)
{
    private const string XdpPin = "xdp";
    private const string TcxPin = "tcx";

    public string Path { get; } = path;

    public NextPins Next { get; } = new(path);

    /// <summary>The link that is pinned for a place (driver and generic mode share one), or null; a severed one is cleared away.</summary>
    public FilterLink? Open(AttachPlace place) => FilterLink.Open(PinOf(place));

    public void Keep(FilterLink link, AttachPlace place)
    {
        Directory.CreateDirectory(Path);
        PinFile.Make(link.Handle, PinOf(place));
    }

    /// <summary>Takes the filter out of a place; a link is detached before its pin goes, since the kernel frees a pin's link some time later.</summary>
    public bool Drop(AttachPlace place)
    {
        using var link = Open(place);
        if (link is null)
        {
            return false;
        }

        link.Detach();
        File.Delete(PinOf(place));
        return true;
    }

    /// <summary>Whether a link of this folder is on that interface, or the program in its slot has its successor pinned here.</summary>
    public bool IsOf(Nic nic)
    {
        using var xdp = Open(AttachPlace.Driver);
        using var tcx = Open(AttachPlace.Tcx);
        return xdp?.IsOn(nic) == true || tcx?.IsOn(nic) == true || IsFollowed(nic);
    }

    /// <summary>Whether a filter of this folder stands somewhere, on whichever interface of whichever network namespace.</summary>
    public bool IsAlive()
    {
        using var xdp = Open(AttachPlace.Driver);
        using var tcx = Open(AttachPlace.Tcx);
        return xdp is not null || tcx is not null || SlotFollower.IsJoined(Next);
    }

    /// <summary>Lets all of it go, with the folder. What stands in another owner's link must have left it.</summary>
    public void Clear()
    {
        if (!Directory.Exists(Path))
        {
            return;
        }

        Drop(AttachPlace.Driver);
        Drop(AttachPlace.Tcx);
        Next.DropOthers(null);
        Directory.Delete(Path);
    }

    private bool IsFollowed(Nic nic)
    {
        using var program = nic.Program == 0 ? null : Bpf.OpenProgram(nic.Program);
        using var next = program is null ? null : Next.MapOf(program);
        return next is not null;
    }

    private string PinOf(AttachPlace place) => System.IO.Path.Combine(Path, place == AttachPlace.Tcx ? TcxPin : XdpPin);
}
