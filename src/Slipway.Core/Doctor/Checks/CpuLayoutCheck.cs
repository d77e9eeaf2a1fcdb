using Slipway.Core.Spec;

namespace Slipway.Core.Doctor.Checks;

/// <summary>The CPUs that the profile divides are there, and those that it isolates are isolated.</summary>
internal sealed class CpuLayoutCheck : NodeCheck
{
    private const string Online = "/sys/devices/system/cpu/online";

    private const string Isolated = "/sys/devices/system/cpu/isolated";

    public override string Id => "cpu.layout";

    public override string Why => "a CPU that is not there takes its interrupts and its share of the work with it, without a word";

    public override IEnumerable<string> Files(NodeSubject subject) => [Online, Isolated];

    public override IEnumerable<CheckLine> Look(NodeSubject subject)
    {
        if (subject.Node.Layout?.Cpus is not { } cpus)
        {
            yield return NotApplicable("the node's profile divides no CPUs");
            yield break;
        }

        var all = cpus.Housekeeping.Union(cpus.Network).Union(cpus.Workload);
        yield return Read(subject, Online, "online", online => Judge(all.Except(online).Count == 0, $"{all}", $"{online}", "correct the profile's CPUs, or switch them on in the firmware", "online"));
        if (cpus.Isolation == CpuIsolation.Full)
        {
            yield return Read(subject, Isolated, "isolated", isolated => Judge(isolated.Equals(cpus.Workload), $"{cpus.Workload}", isolated.Count == 0 ? "none" : $"{isolated}",
                "isolcpus= has to arrive on the kernel's command line: upgrade the node to an image with it", "isolated"));
        }
    }

    private CheckLine Read(NodeSubject subject, string path, string of, Func<CpuSet, CheckLine> judge) => subject.File(path) switch
    {
        { Text: "" } => judge(CpuSet.Empty),
        { Text: { } text } when CpuSet.TryParse(text, out var cpus) => judge(cpus),
        { Text: { } text } => NotApplicable($"{path} says '{text}'", of),
        var content => Unread(path, content, () => NotApplicable($"{path} is not there", of), of),
    };
}
