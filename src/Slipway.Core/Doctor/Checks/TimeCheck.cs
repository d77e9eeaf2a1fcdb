using System.Globalization;

namespace Slipway.Core.Doctor.Checks;

/// <summary>The node's clock, by its own word and by its time server.</summary>
internal sealed class TimeCheck : NodeCheck
{
    private static readonly TimeSpan Tolerable = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan Bad = TimeSpan.FromSeconds(2);

    public override string Id => "time.sync";

    public override string Why => "etcd bootstraps only in sync, certificates count from the node's clock, and a validator's votes carry its time";

    public override CheckMoments Moments => CheckMoments.BeforeChange | CheckMoments.Running;

    public override IEnumerable<CheckLine> Look(NodeSubject subject)
    {
        const string fix = "check that the node reaches its NTP servers";
        if (subject.Seen.TimeSynced is not { } synced)
        {
            yield return NotApplicable("the node does not tell");
            yield break;
        }

        // Before a change it is only told: the run itself waits for it where it must.
        yield return Judge(synced, "in sync", synced ? "in sync" : "not in sync yet", $"bootstrap waits for it; {fix}", otherwise: subject.Moment == CheckMoments.BeforeChange ? CheckOutcome.Warn : CheckOutcome.Fail);
        if (!subject.Runs)
        {
            yield break;
        }

        if (subject.Detail.Clock is not { } clock)
        {
            yield return NotApplicable("the node could not ask its time server", "offset");
            yield break;
        }

        var offset = (clock.Local - clock.Remote).Duration();
        var got = string.Create(CultureInfo.InvariantCulture, $"{offset.TotalMilliseconds:0.#} ms off {clock.Server}");
        yield return offset >= Bad ? Fail("within 100 ms of its server", got, fix, "offset") : Judge(offset <= Tolerable, "within 100 ms of its server", got, fix, "offset", CheckOutcome.Warn);
    }
}
