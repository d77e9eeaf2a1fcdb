namespace Slipway.Core.Doctor.Checks;

/// <summary>The frequency governor of every CPU.</summary>
internal sealed class GovernorCheck : NodeCheck
{
    private const string Policies = "/sys/devices/system/cpu/cpufreq";

    public override string Id => "cpu.governor";

    public override string Why => "a CPU that has to wake up first misses the 400 ms of a slot; the kernel's default is schedutil";

    public override IEnumerable<string> Folders(NodeSubject subject) => subject.IsValidator || Asked(subject) is not null ? [Policies] : [];

    public override IEnumerable<string> Files(NodeSubject subject) => Names(subject).Select(FileOf);

    public override IEnumerable<CheckLine> Look(NodeSubject subject)
    {
        var asked = Asked(subject);
        if (asked is null && !subject.IsValidator)
        {
            yield return NotApplicable("neither a validator's profile nor the machine config asks for one");
            yield break;
        }

        var governors = Names(subject).Select(name => subject.File(FileOf(name))).ToList();
        if (governors.Count == 0)
        {
            yield return NotApplicable("the machine leaves no frequencies to the kernel, as virtual machines do");
            yield break;
        }

        if (governors.FirstOrDefault(content => content.Text is null) is { Problem: { } problem })
        {
            yield return NotApplicable($"{Policies}: {problem}");
            yield break;
        }

        var wanted = asked ?? "performance";
        var others = governors.Where(content => content.Text != wanted).GroupBy(content => content.Text).Select(group => $"{group.Key} on {group.Count()} of {governors.Count}").ToList();
        yield return Judge(others.Count == 0, wanted, others.Count == 0 ? $"{wanted} on all {governors.Count}" : string.Join(", ", others),
            "bake the kernel argument cpufreq.default_governor=performance into the image, or set it through sysfs", otherwise: asked is null ? CheckOutcome.Warn : CheckOutcome.Fail);
    }

    private static string? Asked(NodeSubject subject) => subject.Intent.Argument("cpufreq.default_governor")
        ?? subject.Intent.Sysfs.FirstOrDefault(setting => setting.Path.EndsWith("/scaling_governor", StringComparison.Ordinal))?.Value;

    private static IEnumerable<string> Names(NodeSubject subject) =>
        (subject.Folder(Policies) ?? []).Where(name => name.StartsWith("policy", StringComparison.Ordinal));

    private static string FileOf(string policy) => $"{Policies}/{policy}/scaling_governor";
}
