namespace Slipway.Core.Doctor.Checks;

/// <summary>A CPU that a validator can live on.</summary>
internal sealed class ProcessorCheck : NodeCheck
{
    private const int LeastThreads = 24;

    public override string Id => "hardware.cpu";

    public override string Why => "proof of history is a chain of SHA-256: without the CPU's own instructions for it, and AVX2, a validator falls behind";

    public override IEnumerable<CheckLine> Look(NodeSubject subject)
    {
        if (!subject.IsValidator || subject.Detail.Processor is not { } processor)
        {
            yield return NotApplicable(subject.IsValidator ? "the node does not tell its CPUs" : "no validator runs here");
            yield break;
        }

        foreach (var flag in (string[])["sha_ni", "avx2"])
        {
            var there = processor.Flags.Contains(flag);
            yield return Judge(there, flag, there ? flag : $"not among the flags of {processor.Model}", "take another machine", flag);
        }

        yield return Judge(processor.Count >= LeastThreads, $"{LeastThreads} threads or more", $"{processor.Count}, {processor.Model}", "12 cores with two threads each are the least that Anza names", "threads", CheckOutcome.Warn);
    }
}
