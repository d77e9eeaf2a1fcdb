namespace Slipway.Core.Doctor.Checks;

/// <summary>No packet is lost between the wire and the kernel.</summary>
internal sealed class LinkErrorsCheck : NodeCheck
{
    /// <summary>Of all packets received: a few on a link that once flapped are no news.</summary>
    private const double Tolerable = 1e-5;

    public override string Id => "link.errors";

    public override string Why => "errors are a bad cable or transceiver, overruns a ring or a CPU that is too small: both cost shreds";

    public override IEnumerable<CheckLine> Look(NodeSubject subject)
    {
        if (subject.Nics.Count == 0)
        {
            yield return NotApplicable("no physical link carries the node's traffic");
        }

        foreach (var nic in subject.Nics)
        {
            if (subject.Detail.Counters.FirstOrDefault(counter => counter.Link == nic.Name) is not { } counter)
            {
                yield return NotApplicable("the node tells no counters", nic.Name);
                continue;
            }

            var bad = counter.RxErrors + counter.RxFifo + counter.TxErrors;
            var got = $"{counter.RxErrors} receive errors, {counter.RxFifo} overruns, {counter.TxErrors} send errors in {counter.RxPackets} packets";
            yield return Judge(bad <= counter.RxPackets * Tolerable, "fewer than 1 in 100000", got, "errors: change cable or transceiver; overruns: larger rings, more channels", nic.Name, CheckOutcome.Warn);
        }
    }
}
