namespace Slipway.Core.Doctor.Checks;

/// <summary>Every setting under /sys that the config makes, as the kernel has it.</summary>
internal sealed class SysfsCheck : NodeCheck
{
    public override string Id => "kernel.sysfs";

    public override string Why => "masks, governors and NIC knobs under /sys are written once, and devices that appear later start anew";

    public override IEnumerable<string> Files(NodeSubject subject) => subject.Intent.Sysfs.Select(setting => setting.Path);

    public override IEnumerable<CheckLine> Look(NodeSubject subject)
    {
        if (subject.Intent.Sysfs.Count == 0)
        {
            yield return NotApplicable("the machine config sets none");
        }

        foreach (var setting in subject.Intent.Sysfs)
        {
            var content = subject.File(setting.Path);
            yield return content.Text is { } text
                ? Judge(Same(setting.Value, text), setting.Value, text, "was the device there when Talos wrote it? A reboot lets Talos write it anew", setting.Key)
                : Unread(setting.Path, content, () => Fail(setting.Value, "no such file", "is the device there, and the path spelt right?", setting.Key), setting.Key);
        }
    }

    /// <summary>Masks come back with commas and leading zeros; choices show all with the chosen one in brackets.</summary>
    private static bool Same(string expected, string found) =>
        SysctlCheck.SameValue(expected, found) || Mask(expected) == Mask(found) || found.Contains($"[{expected}]", StringComparison.Ordinal);

    private static string Mask(string text)
    {
        var digits = text.Replace(",", "", StringComparison.Ordinal);
        return digits.Length > 0 && digits.All(char.IsAsciiHexDigit) ? digits.TrimStart('0').ToLowerInvariant() : text;
    }
}
