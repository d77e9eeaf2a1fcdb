using Slipway.Core.MachineConfig.Documents;
using Slipway.Core.Versions;
using YamlDotNet.RepresentationModel;

namespace Slipway.Core.MachineConfig.Rendering;

/// <summary>The config that a node starts from, asked about what it has.</summary>
internal sealed class BaseConfig(ReleaseVersion talos, IReadOnlyList<ConfigDocument> documents)
{
    public ReleaseVersion Talos { get; } = talos;

    /// <summary>
    /// Whether a setting is said in a document of its own: from some version on, unless the config still has one of the old
    /// fields. Talos refuses a config that has both (V1Alpha1ConflictValidate in pkg/machinery/config/types).
    /// </summary>
    /// <param name="oldFields">Dotted paths in v1alpha1.</param>
    public bool UsesDocuments(ReleaseVersion since, params IEnumerable<string> oldFields) =>
        Talos.IsAtLeast(since.Major, since.Minor) && !oldFields.Any(field => Find(ConfigDocument.LegacyKind, field) is not null);

    /// <summary>The node under a dotted path of the first document of a kind; null when it is not there or is null.</summary>
    public YamlNode? Find(string kind, string path)
    {
        YamlNode? node = documents.FirstOrDefault(document => document.Kind == kind)?.Root;
        foreach (var key in path.Split('.'))
        {
            node = (node as YamlMappingNode)?.Find(key);
        }

        return node.IsNil() ? null : node;
    }

    public string? Text(string kind, string path) => Find(kind, path).Text();
}
