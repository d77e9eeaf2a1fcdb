namespace Slipway.Core.Doctor.Checks;

/// <summary>The NICs are up, and fast enough for turbine.</summary>
internal sealed class LinkSpeedCheck : NodeCheck
{
    private const int Least = 1_000;

    private const int Wanted = 10_000;

    public override string Id => "link.speed";

    public override string Why => "a validator needs 1 Gbit/s and wants 10: a link that fell back to less falls behind at its leader slots";

    public override CheckMoments Moments => CheckMoments.BlankMachine | CheckMoments.Running;

    public override bool EndsRun => false;

    public override IEnumerable<CheckLine> Look(NodeSubject subject)
    {
        var wanted = subject.IsValidator ? Wanted : Least;
        if (subject.Nics.Count == 0)
        {
            yield return NotApplicable("no physical link carries the node's traffic");
        }

        foreach (var nic in subject.Nics)
        {
            var (expected, fix) = ($"{wanted} Mbit/s", "look at cable, transceiver and switch port");
            yield return !nic.Up ? Fail(expected, "the link is down", fix, nic.Name)
                : nic.SpeedMbit == 0 ? NotApplicable("the driver tells no speed, as virtual NICs do", nic.Name)
                : nic.SpeedMbit < Least ? Fail(expected, $"{nic.SpeedMbit} Mbit/s", fix, nic.Name)
                : Judge(nic.SpeedMbit >= wanted, expected, $"{nic.SpeedMbit} Mbit/s", fix, nic.Name, CheckOutcome.Warn);
        }
    }
}
