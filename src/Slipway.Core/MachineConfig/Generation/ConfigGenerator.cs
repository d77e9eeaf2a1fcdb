using Slipway.Core.MachineConfig.Documents;
using Slipway.Core.Spec;
using YamlDotNet.RepresentationModel;

namespace Slipway.Core.MachineConfig.Generation;

/// <summary>
/// The config that <c>talosctl gen config</c> would write for a role and a Talos version, without an install disk: which
/// disk that is belongs to the node (Talos pkg/machinery/config/generate).
/// </summary>
public static class ConfigGenerator
{
    /// <summary>Several documents of YAML that hold secrets.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Talos is older than 1.10.</exception>
    public static string Generate(GenerateRequest request)
    {
        var contract = VersionContract.For(request.Talos);
        List<YamlMappingNode> documents = contract.KubernetesDocuments
            ? [DocumentsDialect.Main(request), .. DocumentsDialect.ForEveryNode(request), .. request.Role == NodeRole.ControlPlane ? DocumentsDialect.ForControlPlanes(request) : []]
            : [ClassicDialect.Main(request, contract), .. contract.HostnameDocument ? [StableHostname()] : Array.Empty<YamlMappingNode>()];
        return string.Join("---\n", documents.Select(ConfigWriter.Write));
    }

    /// <summary>A hostname made from the machine's own identity; a node's name takes its place.</summary>
    internal static YamlMappingNode StableHostname() => Tree.Document("HostnameConfig", ("auto", "stable"));
}
