using YamlDotNet.RepresentationModel;

namespace Slipway.Core.Secrets;

/// <summary>Where one part of a bundle stands in a file, if it does.</summary>
/// <param name="Node">Null when it is not there.</param>
/// <param name="Path">Dotted, for findings.</param>
/// <param name="Near">The nearest thing that is there: its position stands in for a missing node's.</param>
/// <param name="IsEncoded">PEM as base64, as v1alpha1 and secrets.yaml have it, and not as plain text.</param>
internal sealed record SecretField(YamlNode? Node, string Path, YamlNode? Near, bool IsEncoded = true);
