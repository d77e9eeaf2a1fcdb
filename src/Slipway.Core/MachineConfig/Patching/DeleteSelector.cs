using YamlDotNet.RepresentationModel;

namespace Slipway.Core.MachineConfig.Patching;

/// <summary>One <c>$patch: delete</c> of a patch.</summary>
/// <param name="Identity">The document that it is in.</param>
/// <param name="Path">Keys from the top of the document; a list element is <c>[i]</c>. Empty for the whole document.</param>
/// <param name="Key">For a list element, the key by which it is found; null otherwise.</param>
/// <param name="At">Where it stands in the patch.</param>
internal sealed record DeleteSelector((string ApiVersion, string Kind, string? Name) Identity, IReadOnlyList<string> Path, string? Key, string Value, YamlNode At)
{
    public string DottedPath => string.Join('.', Path).Replace(".[", "[", StringComparison.Ordinal);
}
