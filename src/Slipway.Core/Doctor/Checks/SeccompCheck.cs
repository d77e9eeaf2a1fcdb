namespace Slipway.Core.Doctor.Checks;

/// <summary>Seccomp profiles lie where pods look for them, and the kernel lets validators use io_uring.</summary>
internal sealed class SeccompCheck : NodeCheck
{
    private const string Profiles = "/var/lib/kubelet/seccomp/profiles";

    private const string IoUring = "/proc/sys/kernel/io_uring_disabled";

    public override string Id => "runtime.seccomp";

    public override string Why => "the default profile forbids io_uring, which a validator needs; a pod that names a profile that is not there does not start";

    public override IEnumerable<string> Folders(NodeSubject subject) => subject.Intent.SeccompProfiles.Count > 0 ? [Profiles] : [];

    public override IEnumerable<string> Files(NodeSubject subject) => [IoUring];

    public override IEnumerable<CheckLine> Look(NodeSubject subject)
    {
        foreach (var profile in subject.Intent.SeccompProfiles)
        {
            var there = subject.Folder(Profiles)?.Contains(profile) == true;
            yield return Judge(there, $"{Profiles}/{profile}", there ? "there" : "not there", "Talos writes it from the machine config: look at 'talosctl logs controller-runtime'", profile);
        }

        if (!subject.IsValidator)
        {
            if (subject.Intent.SeccompProfiles.Count == 0)
            {
                yield return NotApplicable("no validator runs here, and the machine config has no profile");
            }

            yield break;
        }

        if (subject.Intent.SeccompProfiles.Count == 0)
        {
            yield return Warn("a profile that allows io_uring", "the machine config has none", "give the node one and name it in the pod as Localhost, or run the pod unconfined", "profile");
        }

        var content = subject.File(IoUring);
        yield return content.Text is { } level
            ? Judge(level == "0", "0", level, "set the sysctl kernel.io_uring_disabled to 0", "io_uring")
            : Unread(IoUring, content, () => Pass("0", "the kernel has no such switch", "io_uring"), "io_uring");
    }
}
