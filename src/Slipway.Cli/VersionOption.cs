using System.CommandLine;
using Slipway.Core.Versions;

namespace Slipway.Cli;

internal static class VersionOption
{
    /// <summary>What is drafted and generated for when nobody says otherwise.</summary>
    public static ReleaseVersion DefaultTalos { get; } = new(1, 13, 0);

    /// <summary>The newest minor that was rehearsed, or the newest that the Talos line supports when that is older.</summary>
    public static ReleaseVersion KubernetesFor(ReleaseVersion talos) => new(1, Math.Min(35, TalosRelease.Of(talos)?.KubernetesLast ?? 35), 0);

    /// <summary>A Talos to read, write or judge for: what differs does so by line, so that <c>1.14</c> says enough, as talosctl takes it.</summary>
    public static Option<ReleaseVersion?> TalosLine(string description) => New("--talos-version", "1.13", description, word => Full(word) ?? Full(word + ".0"));

    /// <summary>A Talos to install: all three numbers.</summary>
    public static Option<ReleaseVersion?> Talos(string description) => Named("--talos-version", description);

    public static Option<ReleaseVersion?> Named(string name, string description) => New(name, "v1.13.0", description, Full);

    private static Option<ReleaseVersion?> New(string name, string example, string description, Func<string, ReleaseVersion?> parse) => new(name)
    {
        Description = description,
        HelpName = example,
        CustomParser = result =>
        {
            var word = result.Tokens[^1].Value;
            if (parse(word) is { } version)
            {
                return version;
            }

            result.AddError($"{name}: '{word}' is not a version such as {example}");
            return null;
        },
    };

    private static ReleaseVersion? Full(string word) => ReleaseVersion.TryParse(word, out var version) ? version : null;
}
