namespace Slipway.Core.Doctor.Checks;

/// <summary>Every setting under /sys that the config makes, as the kernel has it.</summary>
internal sealed class SysfsCheck : KernelSettingsCheck
{
    public override string Id => "kernel.sysfs";

    public override string Why => "masks, governors and NIC knobs under /sys are written once, and devices that appear later start anew";

    protected override string Fix => "was the device there when Talos wrote it? A reboot lets Talos write it anew";

    protected override IReadOnlyList<KernelSetting> Settings(NodeIntent intent) => intent.Sysfs;

    /// <summary>Masks come back with commas and leading zeros; choices show all with the chosen one in brackets.</summary>
    protected override bool IsSame(string expected, string found) =>
        base.IsSame(expected, found) || Mask(expected) == Mask(found) || found.Contains($"[{expected}]", StringComparison.Ordinal);

    protected override CheckLine Absent(KernelSetting setting) => Fail(setting.Value, "no such file", "is the device there, and the path spelt right?", setting.Key);

    private static string Mask(string text)
    {
        var digits = text.Replace(",", "", StringComparison.Ordinal);
        return digits.Length > 0 && digits.All(char.IsAsciiHexDigit) ? digits.TrimStart('0').ToLowerInvariant() : text;
    }
}
