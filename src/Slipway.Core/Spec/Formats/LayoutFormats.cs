using Slipway.Core.Spec.Shapes;

namespace Slipway.Core.Spec.Formats;

/// <summary>CPUs, kernel arguments and what else a profile speaks of.</summary>
internal static class LayoutFormats
{
    public static TextFormat Cpus { get; } = new(
        "a list of CPUs", "numbers and ranges such as 0-3,8", "^[0-9]{1,4}(-[0-9]{1,4})?(,[0-9]{1,4}(-[0-9]{1,4})?)*$", "0-3")
    {
        Accepts = text => CpuSet.TryParse(text, out _),
        Hint = text => CpuSet.TryParse(text.Replace(" ", "", StringComparison.Ordinal), out var cpus) ? $"write {cpus}" : "each range with the lower number first, below 8192",
    };

    /// <summary>
    /// One word of the kernel's command line. Quotes, '#' and ':' at the end are not taken: what the image factory would make
    /// of them is nothing that can be foreseen. A leading '-' would delete an argument and is not taken either.
    /// </summary>
    public static TextFormat KernelArgument { get; } = new(
        "a kernel argument", "name or name=value without spaces and quotes", "^[A-Za-z][A-Za-z0-9_.-]{0,63}(=[A-Za-z0-9_.,:/@+=%-]{0,254}[A-Za-z0-9_.,/@+=%-])?$", "iommu.passthrough=1")
    {
        Accepts = text => !IsYamlWord(text),
        Hint = text => text.StartsWith('-') ? "arguments that Talos sets are not deleted" : text.Contains(' ', StringComparison.Ordinal) ? "one list entry an argument" : null,
    };

    /// <summary>Names of ethtool -k; the kernel's are lower case with dashes (net/ethtool/common.c, netdev_features_strings).</summary>
    public static TextFormat Feature { get; } = new("an offload", "a name of 'ethtool -k' such as rx-gro-hw", "^[a-z][a-z0-9-]{1,63}$", "rx-gro-hw");

    /// <summary>A path in an image factory's catalogue of official extensions.</summary>
    public static TextFormat Extension { get; } = new("a system extension", "vendor/name such as siderolabs/nvme-cli", "^[a-z0-9][a-z0-9-]*/[a-z0-9][a-z0-9._-]*$", "siderolabs/nvme-cli");

    /// <summary>The name that a node tells: without the vendor.</summary>
    public static TextFormat ExtensionName { get; } = new("the name of an extension", "the name that the node shows, such as nvme-cli", "^[a-z0-9][a-z0-9._-]*$", "nvme-cli");

    /// <summary>Host of an image factory, with a port or not.</summary>
    public static TextFormat Factory { get; } = new("an image factory", "a host such as factory.talos.dev, without a scheme", @"^[a-z0-9][a-z0-9.-]*(:[0-9]{1,5})?$", "factory.talos.dev")
    {
        Hint = text => text.Contains("://", StringComparison.Ordinal) ? "without a scheme" : null,
    };

    /// <summary>Words that YAML 1.1 takes for something else would be quoted in a schematic; no kernel argument is called so.</summary>
    private static bool IsYamlWord(string text) =>
        text.ToLowerInvariant() is "true" or "false" or "yes" or "no" or "on" or "off" or "y" or "n" or "null";
}
