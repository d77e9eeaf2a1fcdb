using Slipway.Core.Diagnostics;
using Slipway.Core.MachineConfig;
using Slipway.Core.MachineConfig.Documents;
using Slipway.Core.Secrets;
using Slipway.Core.Versions;
using YamlDotNet.RepresentationModel;

namespace Slipway.Core.Planning;

/// <summary>
/// The first of two steps where a node's network changes together with what needs a reboot: the config that the node has, with the
/// network of the one that it shall have. It can be tried, since Talos applies it at once; the rest follows with the reboot.
/// </summary>
public static class NetworkFirst
{
    /// <summary>Null when there is no such config: the new network cannot stand beside what else is old.</summary>
    /// <param name="talos">That the node runs when the config is sent; null when it is not known.</param>
    public static Sensitive? Of(string live, string wanted, ReleaseVersion? talos)
    {
        var text = MachineConfigText.Write(Blend(Documents(live), Documents(wanted)));
        // What the node took already is no reason against it.
        return talos is not null && !Errors(text, talos).Except(Errors(live, talos)).Any() && !ConfigDiff.Between(live, text).Any(ApplyCost.NeedsReboot) && !ConfigDiff.Between(text, wanted).Any(NetworkChanges.Touches) ? new Sensitive(text) : null;
    }

    private static IEnumerable<ConfigDocument> Blend(IReadOnlyList<ConfigDocument> live, IReadOnlyList<ConfigDocument> wanted)
    {
        var network = wanted.FirstOrDefault(document => document.IsLegacy)?.Root.Find("machine") is YamlMappingNode machine ? machine.Find("network") : null;
        foreach (var document in live.Where(document => !NetworkChanges.Kinds.Contains(document.Kind)))
        {
            if (document.IsLegacy)
            {
                SetNetwork(document.Root, network as YamlMappingNode);
            }

            yield return document;
        }

        foreach (var document in wanted.Where(document => NetworkChanges.Kinds.Contains(document.Kind)))
        {
            yield return document;
        }
    }

    /// <summary>Names are no network and stay as they are: documents of theirs exclude fields whose change needs a reboot.</summary>
    private static void SetNetwork(YamlMappingNode root, YamlMappingNode? network)
    {
        if (root.Find("machine") is not YamlMappingNode machine)
        {
            return;
        }

        var blended = network ?? new YamlMappingNode();
        var former = machine.Find("network") as YamlMappingNode;
        foreach (var name in NetworkChanges.Names)
        {
            var key = name[(name.LastIndexOf('.') + 1)..];
            blended.Put(key, former?.Find(key));
        }

        machine.Put("network", blended.Children.Count > 0 ? blended : null);
    }

    private static IEnumerable<string> Errors(string config, ReleaseVersion talos) =>
        ConfigValidator.Validate("config", config, talos).Where(finding => finding.Severity == Severity.Error).Select(finding => finding.Message);

    private static IReadOnlyList<ConfigDocument> Documents(string text) => MachineConfigText.Parse("config", text, new List<Diagnostic>());
}
