using Slipway.Core.Spec;

namespace Slipway.Core.Doctor.Checks;

/// <summary>The CPUs that the profile divides are there, and those that it isolates are isolated.</summary>
internal sealed class CpuLayoutCheck : NodeCheck
{
    private const string Cpus = "/sys/devices/system/cpu";

    private const string Online = $"{Cpus}/online";

    private const string Isolated = $"{Cpus}/isolated";

    public override string Id => "cpu.layout";

    public override string Why => "a CPU that is not there takes its interrupts and its share of the work with it, without a word";

    public override CheckMoments Moments => CheckMoments.Always;

    /// <summary>Of a blank machine no file is to be had, but names are: <c>cpu0</c>, <c>cpu1</c> … for each CPU that there is.</summary>
    public override IEnumerable<string> Folders(NodeSubject subject) => subject.Node.Layout?.Cpus is not null && subject.Moment == CheckMoments.BlankMachine ? [Cpus] : [];

    public override IEnumerable<string> Files(NodeSubject subject) => subject.Node.Layout?.Cpus is not { } cpus ? [] : IsolationCounts(subject, cpus) ? [Online, Isolated] : [Online];

    public override IEnumerable<CheckLine> Look(NodeSubject subject)
    {
        if (subject.Node.Layout?.Cpus is not { } cpus)
        {
            yield return NotApplicable("the node's profile divides no CPUs");
            yield break;
        }

        if (subject.Moment == CheckMoments.BlankMachine)
        {
            yield return subject.Folder(Cpus) is { } names
                ? AreThere(cpus, CpuSet.Named(names))
                : NotApplicable("before Talos 1.13 a machine in maintenance mode does not tell; how many CPUs its firmware has is judged (cpu.count)", "online");
            yield break;
        }

        yield return Read(subject, Online, "online", online => AreThere(cpus, online));
        if (IsolationCounts(subject, cpus))
        {
            yield return Read(subject, Isolated, "isolated", isolated => Judge(isolated.Equals(cpus.Workload), $"{cpus.Workload}", isolated.Count == 0 ? "none" : $"{isolated}",
                "isolcpus= has to arrive on the kernel's command line: upgrade the node to an image with it", "isolated"));
        }
    }

    /// <summary>Before the run is through, kernel arguments may be yet to arrive.</summary>
    private static bool IsolationCounts(NodeSubject subject, CpuLayoutSpec cpus) => cpus.Isolation == CpuIsolation.Full && subject.Runs;

    private CheckLine AreThere(CpuLayoutSpec cpus, CpuSet there)
    {
        var missing = cpus.All.Except(there);
        return Judge(missing.Count == 0, $"{cpus.All}", missing.Count == 0 ? $"{there}" : $"{there}: no {(missing.Count == 1 ? "CPU" : "CPUs")} {missing}", "correct the profile's CPUs, or switch them on in the firmware", "online");
    }

    private CheckLine Read(NodeSubject subject, string path, string of, Func<CpuSet, CheckLine> judge) => subject.File(path) switch
    {
        { Text: "" } => judge(CpuSet.Empty),
        { Text: { } text } when CpuSet.TryParse(text, out var cpus) => judge(cpus),
        { Text: { } text } => NotApplicable($"{path} says '{text}'", of),
        var content => Unread(path, content, () => NotApplicable($"{path} is not there", of), of),
    };
}
