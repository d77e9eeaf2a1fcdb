using Slipway.Core.Diagnostics;
using Slipway.Core.MachineConfig;

namespace Slipway.Tests.MachineConfig;

/// <summary>Short ways to patch in tests.</summary>
internal static class Patched
{
    public static string Apply(string config, params string[] patches)
    {
        var result = Result(config, patches);
        Assert.DoesNotContain(result.Findings, finding => finding.Severity == Severity.Error);
        return result.Config!.Reveal();
    }

    public static ConfigResult Result(string config, params string[] patches) =>
        ConfigPatcher.Apply("config.yaml", config, [.. patches.Select((text, i) => new PatchSource($"patch{i + 1}.yaml", text))]);

    public static Diagnostic Error(string config, params string[] patches)
    {
        var result = Result(config, patches);
        Assert.Null(result.Config);
        return Assert.Single(result.Findings, finding => finding.Severity == Severity.Error);
    }
}
