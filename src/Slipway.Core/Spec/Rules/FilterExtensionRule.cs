using Slipway.Core.Filter;
using Slipway.Core.Policies;
using Slipway.Core.Spec.Reading;

namespace Slipway.Core.Spec.Rules;

/// <summary>A spec that asks for the filter says how its extension gets onto the nodes: only the image that a node is installed by brings one.</summary>
internal sealed class FilterExtensionRule : ISpecRule
{
    public void Check(SpecValue root, SpecFindings findings)
    {
        if (root.Find("xdp", "mode") is not { } mode || mode.Text == "off" || root.ItemsOf("talos", "extensions").Any(extension => FilterExtension.Is(extension.Text)))
        {
            return;
        }

        var without = root.ItemsOf("nodes").Where(node => IsGuarded(root, node) && !HasInstaller(root, node)).Select(node => node.TextOf("name")).ToList();
        if (without.Count > 0)
        {
            findings.Error(
                mode,
                $"the filter comes with the extension {FilterExtension.Name}, and nothing here brings it to {string.Join(", ", without.Take(3))}{(without.Count > 3 ? $" and {without.Count - 3} more" : "")}: the ordinary installers lack it",
                "an installer with the extension: 'installer' or 'installerArchive' of the nodes' profile or of talos; or mode: off",
                "'slipway extension build' makes the extension, and Talos' imager an installer with it; an image factory of your own that knows it is told by talos.extensions");
        }
    }

    private static bool HasInstaller(SpecValue root, SpecValue node) => HasInstaller(node.Find("talos")) || HasInstaller(Profile(root, node)) || HasInstaller(root.Find("talos"));

    private static bool HasInstaller(SpecValue? value) => (value?.Find("installer") ?? value?.Find("installerArchive")) is not null;

    /// <summary>As <see cref="ValidatorNodes.Contains"/> judges the node that is built of this.</summary>
    private static bool IsGuarded(SpecValue root, SpecValue node) =>
        node.Find("labels")?.Entries.GetValueOrDefault(ValidatorNodes.LabelKey) is { } label ? label.Text == ValidatorNodes.LabelValue
        : node.TextOf("role") == "worker" && node.TextOf("profile") is { } name
            && ValidatorClients.Named(Profile(root, node)?.TextOf("client") ?? name) != ValidatorClient.None;

    private static SpecValue? Profile(SpecValue root, SpecValue node) =>
        node.TextOf("profile") is { } name ? root.Find("profiles")?.Entries.GetValueOrDefault(name) : null;
}
