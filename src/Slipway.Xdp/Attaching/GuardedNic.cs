using Slipway.Xdp.Failures;
using Slipway.Xdp.Following;
using Slipway.Xdp.Interop;
using Slipway.Xdp.Network;

namespace Slipway.Xdp.Attaching;

/// <summary>
/// One interface with the node's filter before it. Its links are pinned: the next agent finds them, and puts its own program in the
/// place of the old one while packets pass. A new place is taken before an old one is left. So an agent that is killed anywhere
/// leaves either what was before or what was to be.
/// </summary>
public sealed class GuardedNic : IDisposable
{
    private const int LooksInARace = 5;

    private readonly NodeFilter _node;
    private readonly NicPins _pins;
    private SlotFollower? _follower;
    private SlotOwner? _before;
    private uint _standing;
    private bool _raced;
    private (SlotPolicy Policy, int Mtu, uint Program, AttachPlace Place)? _settled;

    internal GuardedNic(NodeFilter node, Nic nic, NicPins pins) => (_node, Nic, _pins) = (node, nic, pins);

    /// <summary>As it was when it was last looked at.</summary>
    public Nic Nic { get; private set; }

    internal string PinPath => _pins.Path;

    /// <summary>Puts the filter before the interface, in the first place of the plan that the kernel allows, or swaps the program that is there.</summary>
    /// <exception cref="XdpException">No place was left; the message tells every attempt.</exception>
    public AttachReport Attach(SlotPolicy policy)
    {
        _settled = null;
        Nic = LookAgain();
        if (policy != SlotPolicy.Follow)
        {
            StopFollowing();
        }

        var owner = SlotOwner.Of(Nic);
        _before = policy != SlotPolicy.Own || owner.Kind == SlotOwnerKind.Slipway ? null : owner.Kind == SlotOwnerKind.Nobody ? _before : owner;
        var plan = AttachPlanner.Plan(policy, Nic, owner, _before);
        var (mtu, found) = (Nic.Mtu, Nic.Program);
        var report = policy == SlotPolicy.Follow ? Follow(plan) : Attach(plan);
        // By what was looked at before, so that whatever changed meanwhile is another look's.
        var program = report.Place is AttachPlace.Driver or AttachPlace.Generic ? _standing : _follower?.Running?.Program ?? found;
        _settled = _raced ? null : (policy, mtu, program, report.Place);
        return report;
    }

    /// <summary>Whether all is as <see cref="Attach(SlotPolicy)"/> left it: same wish, same MTU, same program in the slot, link in place.</summary>
    /// <param name="nic">As it is now.</param>
    public bool IsSettled(SlotPolicy policy, Nic nic)
    {
        ArgumentNullException.ThrowIfNull(nic);
        if (_settled is not { } settled || settled.Policy != policy || settled.Mtu != nic.Mtu || settled.Program != nic.Program)
        {
            return false;
        }

        if (settled.Place is AttachPlace.None or AttachPlace.Followed)
        {
            return true;
        }

        using var link = _pins.Open(settled.Place);
        return link?.IsOn(nic) == true;
    }

    /// <summary>Whether the slot of a followed interface holds what the last look left there; cheap enough for every few milliseconds.</summary>
    /// <param name="program">The id of the program in the slot now, 0 for none.</param>
    public bool IsSettled(uint program) => _settled is { } settled && settled.Program == program;

    internal AttachReport Attach(IReadOnlyList<AttachAttempt> attempts)
    {
        if (attempts.Count == 0)
        {
            Detach();
            return new AttachReport(AttachPlace.None, null, SlotOwner.Of(LookAgain()), "the configuration says off", []);
        }

        _node.Begin();
        var steps = new List<string>();
        foreach (var attempt in attempts)
        {
            if (TryReach(attempt, steps))
            {
                _pins.Drop(attempt.Place == AttachPlace.Tcx ? AttachPlace.Driver : AttachPlace.Tcx);
                var refused = string.Join("; ", steps.SkipLast(1));
                var why = refused.Length == 0 ? attempt.Why : $"{attempt.Why} ({refused})";
                return new AttachReport(attempt.Place, attempt.Variant, SlotOwner.Of(LookAgain()), why, steps);
            }
        }

        throw new XdpException(XdpFailureReason.SlotTaken, $"the filter cannot be attached to {Nic.Name}: {string.Join("; ", steps)}");
    }

    /// <summary>Takes the filter away.</summary>
    public void Detach()
    {
        StopFollowing();
        _pins.Clear();
        _settled = null;
    }

    /// <summary>Lets go of the interface; what is attached stays attached.</summary>
    public void Dispose()
    {
        _follower?.Dispose();
        _node.Forget(this);
    }

    /// <exception cref="XdpException">The interface is gone.</exception>
    private Nic LookAgain()
    {
        using var nics = new Nics();
        return nics.Find(Nic.Index) ?? throw new XdpException(XdpFailureReason.NoSuchNic, $"the interface {Nic.Name} is gone");
    }

    /// <summary>In front of the owner's program where there is one to join; else in the tcx chain, out of the owner's way.</summary>
    private AttachReport Follow(IReadOnlyList<AttachAttempt> chain)
    {
        _node.Begin();
        Directory.CreateDirectory(_pins.Path);
        _follower ??= new SlotFollower(_node.Filter, _pins.Path);
        FollowReport found;
        try
        {
            found = _follower.Look(Nic);
        }
        catch (XdpException refused)
        {
            Attach([.. chain.Select(attempt => attempt with { Why = refused.Message })]);
            throw;
        }

        for (var again = 0; found.Outcome == FollowOutcome.Raced && again < LooksInARace; again++)
        {
            Nic = LookAgain();
            found = _follower.Look(Nic);
        }

        _raced = found.Outcome == FollowOutcome.Raced;
        if (_follower.Running is not { } running)
        {
            return Attach([.. chain.Select(attempt => attempt with { Why = found.Why })]);
        }

        // Else its packets would be judged twice.
        _pins.Drop(AttachPlace.Tcx);
        return new AttachReport(
            AttachPlace.Followed, running.Variant, SlotOwner.Behind(Nic, found.ProgramId), "",
            [found.Outcome == FollowOutcome.Joined ? "the owner's link was joined" : "in the owner's link already"]);
    }

    private void StopFollowing()
    {
        _follower?.Dispose();
        _follower = null;
        _raced = false;
        if (!_pins.Next.Any())
        {
            return;
        }

        for (var look = 0; !SlotFollower.Leave(_pins.Next); look++)
        {
            if (look == LooksInARace)
            {
                throw new XdpException(XdpFailureReason.ChangedMeanwhile, $"{Nic.Name}: the owner of the XDP slot changed its link each time when the filter was to be taken out of it");
            }

            Nic = LookAgain();
        }

        Nic = LookAgain();
    }

    /// <summary>The link that stands there gets this agent's program; where none does, one is made.</summary>
    private bool TryReach(AttachAttempt attempt, List<string> steps)
    {
        var program = _node.Filter.Ensure(attempt.Variant);
        _standing = Bpf.ProgramFactsOf(program).Id;
        using var standing = _pins.Open(attempt.Place);
        if (standing?.IsOn(Nic) == true && IsInMode(attempt.Place))
        {
            var refusal = standing.TryReplace(program);
            if (refusal == Errno.NotPermitted)
            {
                throw new XdpException(XdpFailureReason.ChangedMeanwhile, $"{Nic.Name}: the program in our own link was swapped by somebody while it was looked at", refusal);
            }

            if (refusal != Errno.NoLink)
            {
                steps.Add(refusal == 0 ? $"{attempt.Name}: the program that was there was swapped" : $"{attempt.Name}: {Errno.Describe(refusal)}");
                return refusal == 0;
            }
        }

        standing?.Dispose();
        _pins.Drop(attempt.Place);
        using var link = FilterLink.TryAttach(attempt, program, Nic, out var errno);
        if (link is null)
        {
            steps.Add($"{attempt.Name}: {Errno.Describe(errno)}");
            return false;
        }

        // Until it is pinned the link ends with us, so a kill here leaves everything as it was.
        _pins.Keep(link, attempt.Place);
        steps.Add($"{attempt.Name}: attached{(attempt.Why.Length > 0 ? $" ({attempt.Why})" : "")}");
        return true;
    }

    /// <summary>A link stays in the mode in which it was made.</summary>
    private bool IsInMode(AttachPlace place) => place == AttachPlace.Tcx || (place == AttachPlace.Generic) == (Nic.XdpMode == XdpMode.Generic);
}
