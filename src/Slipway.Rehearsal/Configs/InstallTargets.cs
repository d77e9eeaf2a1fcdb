using System.Text.RegularExpressions;
using Slipway.Rehearsal.Hardware;

namespace Slipway.Rehearsal.Configs;

/// <summary>Finds the disk that a config names for the install.</summary>
internal static partial class InstallTargets
{
    public static DiskHardware? Find(NodeConfig config, NodeHardware hardware)
    {
        if (config.UnattendedInstall.TextAt("provisioning", "diskSelector", "match") is { } expression)
        {
            return ByExpression(expression, hardware);
        }

        var selector = config.Install.At("diskSelector");
        if (selector is not null)
        {
            return hardware.Disks.FirstOrDefault(disk =>
                Matches(selector.TextAt("serial"), disk.Serial)
                && Matches(selector.TextAt("wwid"), disk.Wwid)
                && Matches(selector.TextAt("model"), disk.Model)
                && Matches(selector.TextAt("name"), disk.Path));
        }

        return config.Install.TextAt("disk") is { } path
            ? hardware.Disks.FirstOrDefault(disk => disk.Path == path)
            : hardware.Disks[0];
    }

    /// <summary>Talos takes CEL. Equalities on a disk's own marks are read, which is what configs hold; anything else takes the first disk.</summary>
    private static DiskHardware? ByExpression(string expression, NodeHardware hardware)
    {
        var terms = Equality().Matches(expression);
        return hardware.Disks.FirstOrDefault(disk => terms.All(term => term.Groups[2].Value == term.Groups[1].Value switch
        {
            "serial" => disk.Serial,
            "wwid" => disk.Wwid,
            "dev_path" => disk.Path,
            _ => term.Groups[2].Value,
        }));
    }

    /// <summary>Talos matches these with shell-like wildcards.</summary>
    private static bool Matches(string? pattern, string value) =>
        pattern is null || System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern, value, ignoreCase: false);

    [GeneratedRegex("""disk\.(\w+)\s*==\s*["']([^"']*)["']""", RegexOptions.CultureInvariant)]
    private static partial Regex Equality();
}
