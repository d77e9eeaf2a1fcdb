namespace Slipway.Core.Doctor.Checks;

/// <summary>Settings that the config makes, each against the file in which the kernel has it.</summary>
internal abstract class KernelSettingsCheck : NodeCheck
{
    /// <summary>What to do about a value that is another.</summary>
    protected abstract string Fix { get; }

    public override IEnumerable<string> Files(NodeSubject subject) => Settings(subject.Intent).Select(setting => setting.Path);

    public override IEnumerable<CheckLine> Look(NodeSubject subject)
    {
        if (Settings(subject.Intent).Count == 0)
        {
            yield return NotApplicable("the machine config sets none");
        }

        foreach (var setting in Settings(subject.Intent))
        {
            var content = subject.File(setting.Path);
            yield return content.Text is { } text
                ? Judge(IsSame(setting.Value, text), setting.Value, text, Fix, setting.Key)
                : Unread(setting.Path, content, () => Absent(setting), setting.Key);
        }
    }

    protected abstract IReadOnlyList<KernelSetting> Settings(NodeIntent intent);

    /// <summary>The kernel parts numbers by tabs.</summary>
    protected virtual bool IsSame(string expected, string found) => expected.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        .SequenceEqual(found.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>The line for a file that is not there.</summary>
    protected abstract CheckLine Absent(KernelSetting setting);
}
