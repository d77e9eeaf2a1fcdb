namespace Slipway.Xdp.Following;

/// <summary>How it stands with a followed slot.</summary>
/// <param name="Outcome">What was found and done.</param>
/// <param name="Program">The name of the owner's program, cut to 15 characters; empty where there is none.</param>
/// <param name="ProgramId">Its id, 0 where there is none.</param>
public sealed record FollowReport(FollowOutcome Outcome, string Program, uint ProgramId)
{
    /// <summary>Why the filter is not in front of an owner's program; empty where it is.</summary>
    public string Why => Outcome switch
    {
        FollowOutcome.Free => "nobody has the XDP slot, and it is left free for an owner to follow",
        FollowOutcome.NoLink => $"{Name} was attached by netlink, without a link that could be joined",
        FollowOutcome.Unfit => $"no variant of the filter fits {Name}",
        FollowOutcome.Contested => $"another filter, {Name}, is in the slot, and two that follow would fight",
        FollowOutcome.Raced => $"{Name} was changed by its owner each time when it was to be joined",
        _ => "",
    };

    private string Name => Program.Length > 0 ? Program : $"program {ProgramId}";
}
