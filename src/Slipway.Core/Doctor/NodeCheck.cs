namespace Slipway.Core.Doctor;

/// <summary>
/// One thing that is looked at on a node. A check is pure: it names the files that it needs, somebody fetches them, and it judges
/// what is there. To add one: write a class in Checks, and put it into <see cref="NodeChecks.All"/>.
/// </summary>
public abstract class NodeCheck
{
    /// <summary>Such as <c>link.mtu</c>; stable, for scripts.</summary>
    public abstract string Id { get; }

    /// <summary>Why it matters, in one sentence.</summary>
    public abstract string Why { get; }

    public virtual CheckMoments Moments => CheckMoments.Running;

    /// <summary>Whether a failure before the first change ends a run; false for what is bad but leaves the run a way.</summary>
    public virtual bool EndsRun => true;

    /// <summary>Folders of the node whose names are needed; they are listed before <see cref="Files"/> is asked.</summary>
    public virtual IEnumerable<string> Folders(NodeSubject subject) => [];

    /// <summary>Regular files of the node that are needed; /proc and /sys among them.</summary>
    public virtual IEnumerable<string> Files(NodeSubject subject) => [];

    /// <summary>At least one line for a node that runs.</summary>
    public abstract IEnumerable<CheckLine> Look(NodeSubject subject);

    protected CheckLine Pass(string expected, string got, string? of = null) => Line(CheckOutcome.Pass, expected, got, null, of);

    protected CheckLine Warn(string expected, string got, string fix, string? of = null) => Line(CheckOutcome.Warn, expected, got, fix, of);

    protected CheckLine Fail(string expected, string got, string fix, string? of = null) => Line(CheckOutcome.Fail, expected, got, fix, of);

    /// <summary>Pass when <paramref name="good"/>, else <paramref name="otherwise"/>.</summary>
    protected CheckLine Judge(bool good, string expected, string got, string fix, string? of = null, CheckOutcome otherwise = CheckOutcome.Fail) =>
        Line(good ? CheckOutcome.Pass : otherwise, expected, got, good ? null : fix, of);

    protected CheckLine NotApplicable(string reason, string? of = null) =>
        new() { Check = Id, Of = of, Outcome = CheckOutcome.NotApplicable, Reason = reason, Why = Why };

    /// <summary>The line for a file that gives no text: <paramref name="absent"/> judges the one that is not there.</summary>
    protected CheckLine Unread(string path, FileContent content, Func<CheckLine> absent, string? of = null) =>
        content.IsAbsent ? absent() : NotApplicable($"{path}: {content.Problem}", of);

    private CheckLine Line(CheckOutcome outcome, string expected, string got, string? fix, string? of) =>
        new() { Check = Id, Of = of, Outcome = outcome, Expected = expected, Got = got, Why = Why, Fix = fix };
}
