using System.Reflection;

namespace Slipway.Cli;

internal static class BuildInfo
{
    /// <summary>Such as <c>0.1.0</c>, with the commit after a plus sign where the build knew it.</summary>
    public static string Version { get; } =
        typeof(BuildInfo).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}
