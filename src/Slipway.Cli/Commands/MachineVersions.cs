using Slipway.Core.Failures;
using Slipway.Core.Versions;

namespace Slipway.Cli.Commands;

/// <summary>Which Talos rehearsed machines run: one for all, and others for some of them.</summary>
internal sealed record MachineVersions(ReleaseVersion Talos, IReadOnlyDictionary<string, ReleaseVersion> ByNode)
{
    private const string Option = "--talos-version";

    private static readonly ReleaseVersion s_default = new(1, 13, 9);

    /// <summary>From <c>v1.13.9</c> and <c>cp1=v1.10.9</c>, each in a value of its own or with commas between them.</summary>
    /// <exception cref="BadInputException">One of them is no version, or two are for the same machines.</exception>
    public static MachineVersions Of(IEnumerable<string>? given)
    {
        ReleaseVersion? all = null;
        var byNode = new Dictionary<string, ReleaseVersion>(StringComparer.Ordinal);
        foreach (var word in (given ?? []).SelectMany(value => value.Split(',')))
        {
            var (node, text) = word.Split('=', 2) is [var name, var rest] ? (name.Trim(), rest.Trim()) : (null, word.Trim());
            if (node == "" || !ReleaseVersion.TryParse(text, out var version))
            {
                throw RehearseOptions.Bad(Option, $"'{word}' is not a version", "one such as v1.13.9 for all machines, or cp1=v1.10.9 for one", null);
            }

            if (node is null ? all is not null : !byNode.TryAdd(node, version))
            {
                throw RehearseOptions.Bad(Option, $"there are two versions for {(node is null ? "all machines" : node)}", "one", null);
            }

            all = node is null ? version : all;
        }

        return new MachineVersions(all ?? s_default, byNode);
    }
}
