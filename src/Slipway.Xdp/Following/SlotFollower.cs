using Slipway.Xdp.Attaching;
using Slipway.Xdp.Failures;
using Slipway.Xdp.Interop;
using Slipway.Xdp.Loading;
using Slipway.Xdp.Network;

namespace Slipway.Xdp.Following;

/// <summary>
/// Puts the filter in front of the program of whoever owns an interface's XDP slot, inside the owner's own link, and follows the
/// owner's updates. The owner has not agreed to it, so this is for those who ask for it (Firedancer, Agave with zero copy, Cilium
/// with native acceleration). The kernel tells nobody that a link changed: call <see cref="Look"/> every few milliseconds; after
/// an update of the owner's, the filter is out until the next look and for the some 15 ms that the swap takes.
/// </summary>
/// <remarks>
/// The owner's link is opened by its number and closed within each call: held, it would outlive an owner that exits, and keep it
/// from starting again. The slot behind the filter is filled before the swap and emptied after the owner is gone.
/// </remarks>
/// <param name="filter">Loaded with all four XDP variants: which one fits is the owner's choice.</param>
/// <param name="pinFolder">An existing folder of bpffs for this interface.</param>
public sealed class SlotFollower(XdpFilter filter, string pinFolder) : IDisposable
{
    private bool _ownsFilter;

    private readonly NextPins _pins = new(pinFolder);
    private readonly Dictionary<uint, ProgramVariant> _own = ProgramNames.XdpVariants.ToDictionary(
        variant => Bpf.ProgramFactsOf(filter.Program(variant)).Id);

    /// <summary>
    /// Follows on the tables of a filter that stands in the tcx chain while the slot is free. Once <see cref="Look"/> says that the
    /// slot was joined, <see cref="GuardedNic.StandAside"/> spares packets the second judgement; once it says that the slot is
    /// free, attach there again. Dispose it before the interface.
    /// </summary>
    /// <exception cref="XdpException">The kernel refuses one of the four variants.</exception>
    public static SlotFollower Beside(GuardedNic nic, FilterObject filter, FilterSizes sizes)
    {
        ArgumentNullException.ThrowIfNull(nic);
        ArgumentNullException.ThrowIfNull(filter);
        var joined = XdpFilter.Load(filter, new LoadRequest
        {
            Variants = ProgramNames.XdpVariants,
            Sizes = sizes,
            Reuse = MapNames.Shared.ToDictionary(name => name, name => nic.Filter.Maps[name]),
        });
        return new SlotFollower(joined, nic.PinPath) { _ownsFilter = true };
    }

    /// <summary>Looks at the slot and does what is to be done.</summary>
    /// <param name="nic">As it is now.</param>
    /// <exception cref="XdpException">The kernel refused what it should not; nothing of the owner's was changed.</exception>
    public FollowReport Look(Nic nic)
    {
        ArgumentNullException.ThrowIfNull(nic);
        using var program = nic.Program == 0 ? null : Bpf.OpenProgram(nic.Program);
        if (program is null)
        {
            LetGo();
            return new FollowReport(FollowOutcome.Free, "", 0);
        }

        if (_own.TryGetValue(nic.Program, out var variant))
        {
            using var owner = NextSlot.Open(filter.Maps[ProgramNames.NextMap(variant)]);
            return Tell(FollowOutcome.InPlace, owner);
        }

        if (!Bpf.ProgramFactsOf(program).Name.StartsWith(ProgramNames.Prefix, StringComparison.Ordinal))
        {
            return Join(nic, program, program);
        }

        // Left there by an earlier agent of this folder: what runs behind its program is the owner's. Else it is somebody else's.
        using var earlier = _pins.MapOf(program);
        using var behind = earlier is null ? null : NextSlot.Open(earlier);
        return behind is null ? Tell(FollowOutcome.Contested, program) : Join(nic, program, behind);
    }

    /// <summary>Gives the slot back: the owner's program stands in its link again, as if we had never been there.</summary>
    /// <returns>False when the owner changed its link meanwhile, in which the filter is out already.</returns>
    public bool Leave(Nic nic)
    {
        ArgumentNullException.ThrowIfNull(nic);
        var left = true;
        if (_own.TryGetValue(nic.Program, out var variant))
        {
            using var owner = NextSlot.Open(filter.Maps[ProgramNames.NextMap(variant)]);
            using var link = LinkOf(nic);
            left = owner is not null && link is not null && Bpf.TryLinkReplace(link, owner, filter.Program(variant)) == 0;
            // Packets on their way through the filter still go on to the owner's program.
            GracePeriod.Pass();
        }

        if (left)
        {
            LetGo();
        }

        return left;
    }

    /// <summary>Lets go; a filter that stands in front of an owner stays there, and the owner's program behind it.</summary>
    public void Dispose()
    {
        if (_ownsFilter)
        {
            filter.Dispose();
        }
    }

    private FollowReport Join(Nic nic, BpfHandle current, BpfHandle owner)
    {
        foreach (var variant in ProgramNames.XdpVariants)
        {
            var next = filter.Maps[ProgramNames.NextMap(variant)];
            if (NextSlot.TrySet(next, owner) != 0)
            {
                continue;
            }

            using var link = LinkOf(nic);
            if (link is null)
            {
                NextSlot.Clear(next);
                return Tell(FollowOutcome.NoLink, owner);
            }

            _pins.Keep(next);
            switch (Bpf.TryLinkReplace(link, filter.Program(variant), current))
            {
                case 0:
                    Settle(variant);
                    return Tell(FollowOutcome.Joined, owner);
                case Errno.NotPermitted or Errno.NoLink:
                    return Tell(FollowOutcome.Raced, owner);
                case Errno.Invalid or Errno.Range or Errno.NotSupported:
                    NextSlot.Clear(next);
                    break;
                case var errno:
                    throw XdpException.FromErrno(errno, $"joining {Bpf.ProgramFactsOf(owner).Name} on {nic.Name}");
            }
        }

        return Tell(FollowOutcome.Unfit, owner);
    }

    /// <summary>One variant runs: the others hold nothing of the owner's any more.</summary>
    private void Settle(ProgramVariant running)
    {
        foreach (var other in ProgramNames.XdpVariants.Where(variant => variant != running))
        {
            NextSlot.Clear(filter.Maps[ProgramNames.NextMap(other)]);
        }

        _pins.DropOthers(filter.Maps[ProgramNames.NextMap(running)]);
    }

    /// <summary>The owner is gone: its program and its maps are kept alive by nothing of ours.</summary>
    private void LetGo()
    {
        foreach (var variant in ProgramNames.XdpVariants)
        {
            NextSlot.Clear(filter.Maps[ProgramNames.NextMap(variant)]);
        }

        _pins.DropOthers(null);
    }

    /// <summary>
    /// The link behind the program that rtnetlink names: interface numbers repeat in other network namespaces, so that the number
    /// alone would find somebody else's link.
    /// </summary>
    private static BpfHandle? LinkOf(Nic nic) => Bpf.OpenXdpLink((uint)nic.Index, nic.Program);

    private static FollowReport Tell(FollowOutcome outcome, BpfHandle? owner)
    {
        var facts = owner is null ? null : Bpf.ProgramFactsOf(owner);
        return new FollowReport(outcome, facts?.Name ?? "", facts?.Id ?? 0);
    }
}
