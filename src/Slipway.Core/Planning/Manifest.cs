using System.Text.Json.Nodes;

namespace Slipway.Core.Planning;

/// <summary>Which Kubernetes object: <c>cilium.io/v2 CiliumNetworkPolicy ns/name</c>. The namespace is empty for cluster scope.</summary>
public sealed record ManifestId(string ApiVersion, string Kind, string Namespace, string Name)
{
    public override string ToString() => Namespace.Length > 0 ? $"{Kind}/{Namespace}/{Name}" : $"{Kind}/{Name}";
}

/// <summary>A Kubernetes object that Slipway wants to be there, to be applied server-side.</summary>
/// <param name="Content">The whole object, with apiVersion, kind and metadata.</param>
public sealed record Manifest(ManifestId Id, JsonObject Content);
