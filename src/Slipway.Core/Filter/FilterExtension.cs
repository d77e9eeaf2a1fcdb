using Slipway.Core.Versions;

namespace Slipway.Core.Filter;

/// <summary>What the extension with the filter is called on a node, and where its agent writes.</summary>
public static class FilterExtension
{
    /// <summary>As the extension's manifest calls itself, and the service in it.</summary>
    public const string Name = "slipway-xdp";

    /// <summary>Talos' id of the service.</summary>
    public const string Service = $"ext-{Name}";

    /// <summary>The agent's word on itself, anew every few seconds; Read needs os:admin.</summary>
    public const string StatusFile = "/run/slipway/xdp/status.json";

    /// <param name="version">As the extension's manifest has it, with or without a 'v'.</param>
    public static bool HasVersion(string version, ReleaseVersion wanted) => ReleaseVersion.TryParse(version, out var found) && found == wanted;

    /// <summary>Whether an extension as a spec names it (<c>vendor/name</c>) is this one.</summary>
    public static bool Is(string extension) => extension[(extension.IndexOf('/', StringComparison.Ordinal) + 1)..] == Name;
}
