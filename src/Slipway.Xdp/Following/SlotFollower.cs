using Slipway.Xdp.Failures;
using Slipway.Xdp.Interop;
using Slipway.Xdp.Loading;
using Slipway.Xdp.Network;

namespace Slipway.Xdp.Following;

/// <summary>
/// Puts the filter in front of the program of whoever owns an interface's XDP slot, inside the owner's own link, and follows the
/// owner's updates. The owner has not agreed to it, so this is for those who ask for it (Firedancer, Agave with zero copy, Cilium
/// with native acceleration). The kernel tells nobody that a link changed: call <see cref="Look"/> every few milliseconds, and
/// most often after <see cref="ProgramLoads"/> heard of a program.
/// </summary>
/// <remarks>
/// After an update of the owner's the filter is out for a grace period of RCU at the least: the kernel waits for it within the update
/// (bpf_dispatcher_change_prog, once the new program runs) and holds the lock of network configuration, which looks and ours need.
/// The swap itself is some fifty system calls and loads nothing, since the variant that fits stays loaded.
/// The owner's link is opened by its number and closed within each call: held, it would outlive an owner that exits, and keep it
/// from starting again. The slot behind the filter is filled before the swap and emptied after the owner is gone. The programs
/// are this interface's own, since there is one successor to a program; which of the four variants fits is the owner's choice.
/// </remarks>
/// <param name="filter">Whose tables its programs share.</param>
/// <param name="pinFolder">An existing folder of bpffs for this interface.</param>
public sealed class SlotFollower(XdpFilter filter, string pinFolder) : IDisposable
{
    private readonly NextPins _pins = new(pinFolder);
    private readonly List<Candidate> _loaded = [];
    private Candidate? _running;

    /// <summary>The variant in front of the owner's program, and the id of that program of ours; null where there is none.</summary>
    internal (ProgramVariant Variant, uint Program)? Running => _running is { } running ? (running.Variant, running.Id) : null;

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

        if (_loaded.Find(candidate => candidate.Id == nic.Program) is { } here)
        {
            _running = here;
            using var owner = NextSlot.Open(here.Next);
            return Tell(FollowOutcome.InPlace, owner);
        }

        _running = null;
        if (!Bpf.ProgramFactsOf(program).Name.StartsWith(ProgramNames.Prefix, StringComparison.Ordinal))
        {
            return Join(nic, program, program);
        }

        // Left there by an earlier agent of this folder: what runs behind its program is the owner's. Else it is somebody else's.
        using var earlier = _pins.MapOf(program);
        using var behind = earlier is null ? null : NextSlot.Open(earlier);
        return behind is null ? Tell(FollowOutcome.Contested, program) : Join(nic, program, behind);
    }

    /// <summary>
    /// Gives a slot back, whichever agent of this folder joined it, and in whichever network namespace its interface is now: the
    /// owner's program stands in its link again, as if we had never been there.
    /// </summary>
    /// <returns>False when the owner changed its link meanwhile, in which the filter is out already: look again.</returns>
    internal static bool Leave(NextPins pins)
    {
        if (!pins.Any())
        {
            return true;
        }

        using var link = OpenJoined(pins);
        if (link is not null)
        {
            using var program = Bpf.OpenProgram(Bpf.LinkFactsOf(link).ProgramId);
            using var next = program is null ? null : pins.MapOf(program);
            using var owner = next is null ? null : NextSlot.Open(next);
            if (owner is null || Bpf.TryLinkReplace(link, owner, program!) != 0)
            {
                return false;
            }

            // Packets on their way through the filter still go on to the owner's program.
            GracePeriod.Pass();
        }

        pins.DropOthers(null);
        return true;
    }

    /// <summary>Whether a filter of this folder stands in an owner's link, wherever.</summary>
    internal static bool IsJoined(NextPins pins)
    {
        using var link = pins.Any() ? OpenJoined(pins) : null;
        return link is not null;
    }

    /// <summary>Lets go; a filter that stands in front of an owner stays there, and the owner's program behind it.</summary>
    public void Dispose()
    {
        _loaded.ForEach(candidate => filter.Unload(candidate.Programs));
        _loaded.Clear();
        _running = null;
    }

    private FollowReport Join(Nic nic, BpfHandle current, BpfHandle owner)
    {
        foreach (var candidate in Candidates(Bpf.ProgramFactsOf(owner).Name))
        {
            if (NextSlot.TrySet(candidate.Next, owner) != 0)
            {
                continue;
            }

            using var link = LinkOf(nic);
            if (link is null)
            {
                NextSlot.Clear(candidate.Next);
                return Tell(FollowOutcome.NoLink, owner);
            }

            _pins.Keep(candidate.Next);
            switch (Bpf.TryLinkReplace(link, candidate.Program, current))
            {
                case 0:
                    Settle(candidate);
                    return Tell(FollowOutcome.Joined, owner);
                case Errno.NotPermitted or Errno.NoLink:
                    return Tell(FollowOutcome.Raced, owner);
                case Errno.Invalid or Errno.Range or Errno.NotSupported:
                    NextSlot.Clear(candidate.Next);
                    break;
                case var errno:
                    throw XdpException.FromErrno(errno, $"joining {Bpf.ProgramFactsOf(owner).Name} on {nic.Name}");
            }
        }

        return Tell(FollowOutcome.Unfit, owner);
    }

    /// <summary>What is loaded comes first, since owners seldom change their ways; the rest is loaded when it is tried.</summary>
    private IEnumerable<Candidate> Candidates(string owner)
    {
        foreach (var candidate in _loaded.ToList())
        {
            yield return candidate;
        }

        // Firedancer's program has no name and neither frags nor attach type.
        ProgramVariant[] order = owner.Length == 0
            ? [ProgramVariant.PlainUntyped, ProgramVariant.FragsUntyped, ProgramVariant.Frags, ProgramVariant.Plain]
            : [ProgramVariant.Frags, ProgramVariant.Plain, ProgramVariant.PlainUntyped, ProgramVariant.FragsUntyped];
        foreach (var variant in order.Where(variant => _loaded.TrueForAll(candidate => candidate.Variant != variant)))
        {
            var candidate = new Candidate(variant, filter.LoadBeside(variant));
            _loaded.Add(candidate);
            yield return candidate;
        }
    }

    /// <summary>One variant runs: the others are not needed any more, and hold nothing of the owner's.</summary>
    private void Settle(Candidate running)
    {
        _running = running;
        foreach (var other in _loaded.Where(candidate => candidate != running).ToList())
        {
            _loaded.Remove(other);
            filter.Unload(other.Programs);
        }

        _pins.DropOthers(running.Next);
    }

    /// <summary>The owner is gone: its program and its maps are kept alive by nothing of ours.</summary>
    private void LetGo()
    {
        _running = null;
        _loaded.ForEach(candidate => NextSlot.Clear(candidate.Next));
        _pins.DropOthers(null);
    }

    private static BpfHandle? OpenJoined(NextPins pins) => Bpf.OpenXdpLink(facts =>
    {
        using var program = Bpf.OpenProgram(facts.ProgramId);
        using var next = program is null ? null : pins.MapOf(program);
        return next is not null;
    });

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

    private sealed record Candidate(ProgramVariant Variant, LoadedFilter Programs)
    {
        public BpfHandle Program { get; } = Programs.Program(Variant);

        public BpfHandle Next { get; } = Programs.Maps[ProgramNames.NextMap(Variant)];

        public uint Id { get; } = Bpf.ProgramFactsOf(Programs.Program(Variant)).Id;
    }
}
