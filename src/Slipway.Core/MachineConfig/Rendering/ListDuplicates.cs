using Slipway.Core.MachineConfig.Documents;
using Slipway.Core.MachineConfig.Patching;
using YamlDotNet.RepresentationModel;

namespace Slipway.Core.MachineConfig.Rendering;

/// <summary>
/// Patches append to lists even what is there already. In lists that are sets by their nature, the second of two equal items
/// says nothing; elsewhere an order or a repetition may mean something, and they are left alone.
/// </summary>
internal static class ListDuplicates
{
    private static readonly string[] Sets =
    [
        "certSANs", "certExtraSANs", "addresses", "routes", "nameservers", "searchDomains", "servers", "validSubnets", "endpoints",
        // Kernel modules, udev rules, registry mirrors, trusted CAs, seccomp profiles, limits and kernel arguments: loading, matching or asking one twice is doing it once.
        "modules", "rules", "mirrors", "acceptedCAs", "extraManifests", "seccompProfiles", "rlimits", "extraKernelArgs",
    ];

    public static void Remove(IEnumerable<ConfigDocument> documents)
    {
        foreach (var document in documents)
        {
            Remove(document.Root);
        }
    }

    private static void Remove(YamlNode node)
    {
        foreach (var child in node is YamlSequenceNode sequence ? sequence.Children : [])
        {
            Remove(child);
        }

        foreach (var (key, value) in node is YamlMappingNode map ? map.Children.ToList() : [])
        {
            if (value is YamlSequenceNode list && Sets.Contains(key.KeyText()))
            {
                for (var i = list.Children.Count - 1; i > 0; i--)
                {
                    if (list.Children.Take(i).Any(earlier => NodeComparer.Same(earlier, list.Children[i])))
                    {
                        list.Children.RemoveAt(i);
                    }
                }
            }

            Remove(value);
        }
    }
}
