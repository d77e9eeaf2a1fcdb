namespace Slipway.Core.Doctor.Checks;

/// <summary>BPF programs run as machine code, and what hardening costs them.</summary>
internal sealed class JitCheck : NodeCheck
{
    private const string Enable = "/proc/sys/net/core/bpf_jit_enable";

    private const string Harden = "/proc/sys/net/core/bpf_jit_harden";

    public override string Id => "bpf.jit";

    public override string Why => "interpreted programs are several times slower, and blinded constants cost XDP a part of its speed";

    public override IEnumerable<string> Files(NodeSubject subject) => [Enable, Harden];

    public override IEnumerable<CheckLine> Look(NodeSubject subject)
    {
        var (enable, harden) = (subject.File(Enable), subject.File(Harden));
        yield return enable.Text is { } on
            ? Judge(on != "0", "1", on, "set net.core.bpf_jit_enable to 1", "enable")
            : Unread(Enable, enable, () => Fail("1", "the kernel has no BPF JIT", "boot Talos' own kernel", "enable"), "enable");
        var wanted = subject.Intent.Sysctls.FirstOrDefault(setting => setting.Path == Harden)?.Value;
        yield return harden.Text is not { } level ? Unread(Harden, harden, () => NotApplicable("the kernel has no such setting", "harden"), "harden")
            : wanted is not null ? Judge(level == wanted, wanted, level, "something wrote it after Talos did", "harden")
            : subject.WantsXdp ? Judge(level != "2", "0 or 1", level, "Talos holds it at 2; the sysctl net.core.bpf_jit_harden: \"1\" spares the programs of root, if you accept a softer kernel", "harden", CheckOutcome.Warn)
            : Pass("any level: nobody asks for XDP", level, "harden");
    }
}
