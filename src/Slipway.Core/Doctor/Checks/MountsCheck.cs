namespace Slipway.Core.Doctor.Checks;

/// <summary>The file systems that BPF programs and Cilium work with are where they look for them.</summary>
internal sealed class MountsCheck : NodeCheck
{
    private const string Mounts = "/proc/mounts";

    private static readonly (string At, string Type)[] Wanted = [("/sys/fs/bpf", "bpf"), ("/sys/fs/cgroup", "cgroup2")];

    public override string Id => "bpf.mount";

    public override string Why => "pins live on the one bpffs that all share, and socket load balancing hangs on cgroup2; a second mount elsewhere sees neither";

    public override IEnumerable<string> Files(NodeSubject subject) => [Mounts];

    public override IEnumerable<CheckLine> Look(NodeSubject subject)
    {
        if (subject.File(Mounts) is not { Text: { } text })
        {
            yield return Unread(Mounts, subject.File(Mounts), () => Fail("mounts", "none are told", "is this Linux?"));
            yield break;
        }

        var mounts = text.Split('\n').Select(line => line.Split(' ')).Where(fields => fields.Length > 2).ToList();
        foreach (var (at, type) in Wanted)
        {
            // The last mount on a place is the one that is seen.
            var found = mounts.LastOrDefault(fields => fields[1] == at)?[2];
            yield return Judge(found == type, type, found ?? "nothing is mounted there", "Talos mounts it at boot: reboot the node, and look who unmounted it", at);
        }
    }
}
