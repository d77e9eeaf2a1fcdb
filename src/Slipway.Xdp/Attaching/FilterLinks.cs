using Slipway.Xdp.Failures;
using Slipway.Xdp.Interop;
using Slipway.Xdp.Loading;
using Slipway.Xdp.Network;

namespace Slipway.Xdp.Attaching;

/// <summary>
/// Puts a configured filter onto interfaces by links that are pinned, one folder an interface. What is pinned outlives the agent; a new
/// filter takes the place of an old one by an exchange within the link, during which no packet is without a program. So an agent
/// that is killed at any step leaves either the old filter or the new one, never none.
/// </summary>
public sealed class FilterLinks(string folder)
{
    private const uint DriverMode = 4;  // XDP_FLAGS_DRV_MODE
    private const uint GenericMode = 2; // XDP_FLAGS_SKB_MODE
    private const string XdpPin = "xdp";
    private const string TcxPin = "tcx";

    /// <summary>What a filter must have been loaded with to be attached.</summary>
    public static IReadOnlyCollection<ProgramVariant> Variants { get; } = [ProgramVariant.Frags, ProgramVariant.Plain, ProgramVariant.Tcx];

    /// <summary>Driver mode with frags, driver mode without, then tcx, then generic: the first that the kernel takes.</summary>
    /// <param name="takeSlot">False leaves the XDP slot alone and goes to tcx at once.</param>
    /// <exception cref="XdpException">Not even tcx and generic mode were possible, or bpffs is not there.</exception>
    public AttachOutcome Attach(XdpFilter filter, Nic nic, bool takeSlot)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentNullException.ThrowIfNull(nic);
        Directory.CreateDirectory(FolderOf(nic));
        if (takeSlot && Exchange(filter, nic, XdpPin) is { } kept)
        {
            Unpin(nic, TcxPin);
            return kept;
        }

        return takeSlot ? TakeSlot(filter, nic) : Chain(filter, nic, SlotOwners.Of(nic), "");
    }

    /// <summary>Whether the link is whole and runs this filter's program.</summary>
    public bool IsAttached(XdpFilter filter, Nic nic)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentNullException.ThrowIfNull(nic);
        foreach (var (pin, variants) in new[] { (XdpPin, new[] { ProgramVariant.Frags, ProgramVariant.Plain }), (TcxPin, [ProgramVariant.Tcx]) })
        {
            using var link = Bpf.OpenPin(PathOf(nic, pin));
            if (link is not null && Bpf.LinkFactsOf(link) is var facts && facts.Interface == nic.Index
                && variants.Any(variant => Bpf.ProgramFactsOf(filter.Program(variant)).Id == facts.ProgramId))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Takes the filter off an interface, whoever attached it.</summary>
    public void Detach(Nic nic)
    {
        ArgumentNullException.ThrowIfNull(nic);
        Unpin(nic, XdpPin);
        Unpin(nic, TcxPin);
        if (Directory.Exists(FolderOf(nic)))
        {
            Directory.Delete(FolderOf(nic));
        }
    }

    /// <summary>Takes the filter off everything that was ever pinned here; true when something was.</summary>
    public bool DetachAll()
    {
        if (!Directory.Exists(folder))
        {
            return false;
        }

        var pins = Directory.GetDirectories(folder).SelectMany(nic => new[] { Path.Combine(nic, XdpPin), Path.Combine(nic, TcxPin) }).Where(File.Exists).ToList();
        pins.ForEach(File.Delete);
        Array.ForEach(Directory.GetDirectories(folder), Directory.Delete);
        return pins.Count > 0;
    }

    /// <summary>The pinned link with a new program in it; null when there is none, or its interface is gone.</summary>
    private AttachOutcome? Exchange(XdpFilter filter, Nic nic, string pin)
    {
        using var link = Bpf.OpenPin(PathOf(nic, pin));
        if (link is null)
        {
            return null;
        }

        var facts = Bpf.LinkFactsOf(link);
        using var before = facts.Interface == nic.Index ? Bpf.OpenProgram(facts.ProgramId) : null;
        if (before is null)
        {
            // Severed: the interface is gone, and its number may already be another's.
            Unpin(nic, pin);
            return null;
        }

        var errno = 0;
        foreach (var variant in pin == TcxPin ? [ProgramVariant.Tcx] : new[] { ProgramVariant.Frags, ProgramVariant.Plain })
        {
            errno = Bpf.TryLinkReplace(link, filter.Program(variant), before);
            if (errno == 0)
            {
                return new AttachOutcome(WordOf(variant, nic.XdpMode == XdpMode.Generic), pin == TcxPin ? "" : "slipway", "");
            }
        }

        if (errno == Errno.NoLink)
        {
            Unpin(nic, pin);
            return null;
        }

        throw XdpException.FromErrno(errno, $"{nic.Name}: exchanging the program of our own link");
    }

    private AttachOutcome TakeSlot(XdpFilter filter, Nic nic)
    {
        if (SlotOwners.Of(nic) is { Length: > 0 } owner)
        {
            return Chain(filter, nic, owner, $"{owner} holds the XDP slot");
        }

        if (TryLink(filter, nic, ProgramVariant.Frags, DriverMode) is not { } withFrags)
        {
            Unpin(nic, TcxPin);
            return new AttachOutcome("driver-frags", "slipway", "");
        }

        if (TryLink(filter, nic, ProgramVariant.Plain, DriverMode) is not { } plain)
        {
            Unpin(nic, TcxPin);
            return new AttachOutcome("driver", "slipway", $"{DriverOf(nic)} takes no program for frames in several buffers ({withFrags})");
        }

        return Chain(filter, nic, SlotOwners.Of(nic), $"{DriverOf(nic)} runs no XDP program at MTU {nic.Mtu} ({plain})");
    }

    private AttachOutcome Chain(XdpFilter filter, Nic nic, string owner, string why)
    {
        if (Exchange(filter, nic, TcxPin) is { } chained)
        {
            Unpin(nic, XdpPin);
            return chained with { Owner = owner, Why = why };
        }

        var errno = Bpf.TryLinkTcx(filter.Program(ProgramVariant.Tcx), (uint)nic.Index, out var link);
        if (errno == 0)
        {
            Pin(link!, nic, TcxPin);
            Unpin(nic, XdpPin);
            return new AttachOutcome("tcx", owner, why);
        }

        var reason = $"{why}{(why.Length > 0 ? "; " : "")}the kernel has no tcx ({Errno.Describe(errno)})";
        return owner.Length == 0 && TryLink(filter, nic, ProgramVariant.Plain, GenericMode) is null
            ? new AttachOutcome("generic", "slipway", reason)
            : throw new XdpException(XdpFailureReason.NotSupported, $"{nic.Name}: nothing can be attached: {reason}", errno);
    }

    /// <summary>Null when it is attached and pinned, else what the kernel said.</summary>
    private string? TryLink(XdpFilter filter, Nic nic, ProgramVariant variant, uint mode)
    {
        var errno = Bpf.TryLinkXdp(filter.Program(variant), (uint)nic.Index, mode, out var link);
        if (errno != 0)
        {
            return Errno.Describe(errno);
        }

        Pin(link!, nic, XdpPin);
        return null;
    }

    private void Pin(BpfHandle link, Nic nic, string pin)
    {
        // Until it is pinned the link ends with us, so a kill here leaves the slot as it was.
        using (link)
        {
            var errno = Bpf.TryPin(link, PathOf(nic, pin));
            if (errno != 0)
            {
                throw XdpException.FromErrno(errno, $"pinning the link of {nic.Name} at {PathOf(nic, pin)} (is bpffs mounted there?)");
            }
        }
    }

    private void Unpin(Nic nic, string pin) => File.Delete(PathOf(nic, pin));

    private string FolderOf(Nic nic) => Path.Combine(folder, nic.Key);

    private string PathOf(Nic nic, string pin) => Path.Combine(FolderOf(nic), pin);

    private static string DriverOf(Nic nic) => nic.Driver.Length > 0 ? nic.Driver : nic.Name;

    private static string WordOf(ProgramVariant variant, bool generic) => variant switch
    {
        ProgramVariant.Tcx => "tcx",
        _ when generic => "generic",
        ProgramVariant.Frags => "driver-frags",
        _ => "driver",
    };
}
