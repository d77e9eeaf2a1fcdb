namespace Slipway.Core.Doctor.Checks;

/// <summary>Every sysctl that the config sets, as the kernel has it.</summary>
internal sealed class SysctlCheck : KernelSettingsCheck
{
    public override string Id => "kernel.sysctl";

    public override string Why => "a validator refuses to start, or drops packets, below its limits; Talos' own status tells what was written, not what is";

    protected override string Fix => "something wrote it after Talos did: find the pod or extension that did, or let Talos write it anew by a reboot";

    protected override IReadOnlyList<KernelSetting> Settings(NodeIntent intent) => intent.Sysctls;

    /// <summary>A feature that was not built is as good as one that is off.</summary>
    protected override CheckLine Absent(KernelSetting setting) => setting.Value == "0"
        ? Pass("0", "not in this kernel, which comes to the same", setting.Key)
        : Fail(setting.Value, "no such key in this kernel", "is the key spelt right, and its module loaded?", setting.Key);
}
