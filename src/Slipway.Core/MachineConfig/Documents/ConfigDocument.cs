using YamlDotNet.RepresentationModel;

namespace Slipway.Core.MachineConfig.Documents;

/// <summary>
/// One document of a machine config: YAML nodes, so that key order, quotes and fields that nobody here knows survive.
/// The document without a kind is Talos' oldest and is called <c>v1alpha1</c>.
/// </summary>
/// <param name="Root">Owned by whoever holds the document: patching changes it in place.</param>
/// <param name="ApiVersion">Empty for the v1alpha1 document.</param>
/// <param name="Name">Null when the document has no name.</param>
public sealed record ConfigDocument(YamlMappingNode Root, string ApiVersion, string Kind, string? Name)
{
    /// <summary>The kind that the document without a kind goes by.</summary>
    public const string LegacyKind = "v1alpha1";

    public bool IsLegacy => ApiVersion.Length == 0 && Kind == LegacyKind;

    /// <summary>1-based line in the text that the document was read from; 0 when it was made.</summary>
    public int Line => (int)Root.Start.Line;

    /// <summary><c>v1alpha1</c>, <c>KubePrismConfig</c> or <c>LinkConfig/enp1s0</c>.</summary>
    public string Label => string.IsNullOrEmpty(Name) ? Kind : $"{Kind}/{Name}";

    /// <summary>Two documents with the same identity are the same document: apiVersion, kind and, where the kind has names, name.</summary>
    internal (string ApiVersion, string Kind, string? Name) Identity => (ApiVersion, Kind, Name);
}
