namespace Slipway.Core.Doctor.Checks;

/// <summary>What kernel lockdown leaves to BPF.</summary>
internal sealed class LockdownCheck : NodeCheck
{
    private const string Lockdown = "/sys/kernel/security/lockdown";

    public override string Id => "kernel.lockdown";

    public override string Why => "under confidentiality no BPF program may read kernel memory: tracing tools fail there, XDP and tc go on";

    public override IEnumerable<string> Files(NodeSubject subject) => [Lockdown];

    public override IEnumerable<CheckLine> Look(NodeSubject subject)
    {
        const string expected = "none or integrity";
        if (subject.File(Lockdown) is not { Text: { } text })
        {
            yield return Unread(Lockdown, subject.File(Lockdown), () => Pass(expected, "the kernel has no lockdown"));
            yield break;
        }

        var mode = text.Split('[', ']') is [_, var chosen, ..] ? chosen : text;
        yield return Judge(mode != "confidentiality", expected, mode, "Talos' SecureBoot images set it; programs that probe kernel memory need another image", otherwise: CheckOutcome.Warn);
    }
}
