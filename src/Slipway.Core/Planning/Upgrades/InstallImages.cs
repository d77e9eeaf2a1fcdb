using Slipway.Core.Diagnostics;
using Slipway.Core.MachineConfig.Documents;
using Slipway.Core.MachineConfig.Rendering;
using Slipway.Core.Versions;

namespace Slipway.Core.Planning.Upgrades;

/// <summary>The installer image that a machine config names.</summary>
internal static class InstallImages
{
    /// <summary>Null when it names none.</summary>
    public static string? In(string config)
    {
        var documents = MachineConfigText.Parse("config", config, new List<Diagnostic>());
        var found = new BaseConfig(new ReleaseVersion(1, 14, 0), documents);
        return found.Text("UnattendedInstallConfig", "installer.image") ?? found.Text(ConfigDocument.LegacyKind, "machine.install.image");
    }
}
