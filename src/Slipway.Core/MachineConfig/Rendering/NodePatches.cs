using Slipway.Core.MachineConfig.Documents;
using Slipway.Core.MachineConfig.Generation;
using Slipway.Core.Spec;
using Slipway.Core.Versions;
using YamlDotNet.RepresentationModel;

namespace Slipway.Core.MachineConfig.Rendering;

/// <summary>What cluster.yaml says of one node, as patches in the style of its base config.</summary>
internal static class NodePatches
{
    internal static readonly ReleaseVersion Documents = new(1, 14, 0);

    public static IEnumerable<PatchSource> For(BaseConfig config, RenderRequest request)
    {
        IEnumerable<YamlMappingNode> patches =
        [
            .. Hostname(config, request.Node),
            .. InstallPatch.For(config, request),
            .. ClusterPatch.For(config, request),
        ];
        // One source each: a patch may not hold the same document twice.
        return patches.Select(patch => new PatchSource($"cluster.yaml, node {request.Node.Name}", ConfigWriter.Write(patch)));
    }

    private static IEnumerable<YamlMappingNode> Hostname(BaseConfig config, NodeSpec node)
    {
        if (!config.UsesDocuments(new ReleaseVersion(1, 12, 0), "machine.network.hostname", "machine.features.stableHostname"))
        {
            yield return Tree.Map(("machine", Tree.Map(("network", Tree.Map(("hostname", Tree.Text(node.Name)))))));
            yield break;
        }

        // "auto: stable" excludes a name and cannot be merged away, so the document goes first.
        if (config.Find("HostnameConfig", "auto") is not null)
        {
            yield return Tree.Document("HostnameConfig", ("$patch", Tree.Text("delete")));
        }

        yield return Tree.Document("HostnameConfig", ("hostname", Tree.Text(node.Name)));
    }
}
