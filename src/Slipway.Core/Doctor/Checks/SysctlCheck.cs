namespace Slipway.Core.Doctor.Checks;

/// <summary>Every sysctl that the config sets, as the kernel has it.</summary>
internal sealed class SysctlCheck : NodeCheck
{
    public override string Id => "kernel.sysctl";

    public override string Why => "a validator refuses to start, or drops packets, below its limits; Talos' own status tells what was written, not what is";

    public override IEnumerable<string> Files(NodeSubject subject) => subject.Intent.Sysctls.Select(setting => setting.Path);

    public override IEnumerable<CheckLine> Look(NodeSubject subject)
    {
        if (subject.Intent.Sysctls.Count == 0)
        {
            yield return NotApplicable("the machine config sets none");
        }

        foreach (var setting in subject.Intent.Sysctls)
        {
            var content = subject.File(setting.Path);
            yield return content.Text is { } text
                ? Judge(SameValue(setting.Value, text), setting.Value, text, "something wrote it after Talos did: find the pod or extension that did, or let Talos write it anew by a reboot", setting.Key)
                : Unread(setting.Path, content, () => Absent(setting), setting.Key);
        }
    }

    /// <summary>The kernel parts numbers by tabs.</summary>
    internal static bool SameValue(string expected, string found) => expected.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        .SequenceEqual(found.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>A feature that was not built is as good as one that is off.</summary>
    private CheckLine Absent(KernelSetting setting) => setting.Value == "0"
        ? Pass("0", "not in this kernel, which comes to the same", setting.Key)
        : Fail(setting.Value, "no such key in this kernel", "is the key spelt right, and its module loaded?", setting.Key);
}
