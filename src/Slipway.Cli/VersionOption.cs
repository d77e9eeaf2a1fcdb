using System.CommandLine;
using Slipway.Core.Versions;

namespace Slipway.Cli;

internal static class VersionOption
{
    /// <summary>What is drafted and generated for when nobody says otherwise.</summary>
    public static ReleaseVersion DefaultTalos { get; } = new(1, 13, 0);

    /// <summary>The newest minor that was rehearsed, or the newest that the Talos line supports when that is older.</summary>
    public static ReleaseVersion KubernetesFor(ReleaseVersion talos) => new(1, Math.Min(35, TalosRelease.Of(talos)?.KubernetesLast ?? 35), 0);

    public static Option<ReleaseVersion?> Talos(string description) => Named("--talos-version", description);

    public static Option<ReleaseVersion?> Named(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "v1.13.0",
        CustomParser = result =>
        {
            if (ReleaseVersion.TryParse(result.Tokens[^1].Value, out var version))
            {
                return version;
            }

            result.AddError($"{name}: '{result.Tokens[^1].Value}' is not a version such as v1.13.0");
            return null;
        },
    };
}
