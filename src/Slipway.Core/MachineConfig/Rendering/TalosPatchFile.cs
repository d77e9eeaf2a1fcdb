using Slipway.Core.Versions;
using YamlDotNet.RepresentationModel;

namespace Slipway.Core.MachineConfig.Rendering;

/// <summary>One file of talos-patches.</summary>
/// <param name="File">Such as <c>talos-patches/10-cni-none.yaml</c>.</param>
/// <param name="DocumentsSince">From which Talos version on the setting has a document of its own; null when it has none to this day.</param>
/// <param name="Unless">Old fields of v1alpha1 with which that document must not stand together.</param>
internal sealed record TalosPatchFile(
    string File, string Name, ReleaseVersion? DocumentsSince, IReadOnlyList<string> Unless, IReadOnlyList<TalosPatchVariant> Variants);

/// <param name="When">Each condition and the values that satisfy it; all must hold.</param>
/// <param name="Each">The variant applies once for each NIC of the node, or each member of its bond; null for once.</param>
/// <param name="Patch">Documents, with <c>${…}</c> still in them.</param>
internal sealed record TalosPatchVariant(IReadOnlyDictionary<string, IReadOnlyList<string>> When, string? Each, IReadOnlyList<YamlMappingNode> Patch);
