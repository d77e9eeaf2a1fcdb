namespace Slipway.Core.Doctor.Checks;

/// <summary>A machine has every CPU that its profile speaks of, by the word of its firmware: known before anything is sent to it.</summary>
internal sealed class CpuCountCheck : NodeCheck
{
    public override string Id => "cpu.count";

    public override string Why => "with a CPU that is not there kubelet does not start, and masks under /sys are refused";

    public override CheckMoments Moments => CheckMoments.Always;

    public override IEnumerable<CheckLine> Look(NodeSubject subject)
    {
        if (subject.Node.Layout?.Cpus is not { } cpus)
        {
            yield return NotApplicable("the node's profile divides no CPUs");
        }
        else if (subject.Seen.Threads is not { } threads)
        {
            yield return NotApplicable("the firmware does not tell how many CPUs there are");
        }
        else
        {
            var last = cpus.All.Cpus[^1];
            yield return Judge(last < threads, $"CPU {last}", $"CPUs 0-{threads - 1}", "correct the CPUs of the profile, or give the machine a profile of its own");
        }
    }
}
