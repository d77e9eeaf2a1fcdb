using Slipway.Core.MachineConfig.Documents;
using Slipway.Core.MachineConfig.Schema;
using YamlDotNet.RepresentationModel;

namespace Slipway.Core.MachineConfig.Comparing;

/// <summary>The key by which a diff knows the elements of a list again.</summary>
internal sealed class ListKey(string name)
{
    /// <summary>Keys that name elements in Talos' lists, the most telling first.</summary>
    private static readonly string[] s_names =
    [
        "interface", "vlanId", "name", "mountPath", "path", "device", "destination", "mountpoint", "slot",
        "address", "network", "publicKey", "url", "endpoint", "ip", "subnet", "image",
    ];

    /// <summary>The element's name, or null when it has none.</summary>
    public string? Of(YamlNode element) => (element as YamlMappingNode)?.Find(name) is YamlScalarNode { Value.Length: > 0 } value ? value.Value : null;

    /// <summary>The first key that every element of both lists has, with no value twice in one list; or null.</summary>
    public static ListKey? Common(MergeType type, YamlSequenceNode before, YamlSequenceNode after)
    {
        if (!before.Children.Concat(after.Children).All(item => item is YamlMappingNode))
        {
            return null;
        }

        return type.Names.Concat(s_names).Select(name => new ListKey(name)).FirstOrDefault(key => key.Names(before) && key.Names(after));
    }

    private bool Names(YamlSequenceNode list)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return list.Children.All(item => Of(item) is { } value && seen.Add(value));
    }
}
