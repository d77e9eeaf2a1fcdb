using System.Text.Json.Nodes;
using Slipway.Core.Planning;
using Slipway.Core.Secrets;

namespace Slipway.Engine.Ports;

/// <summary>The Kubernetes API of one cluster. Calls fail with a <see cref="Core.Failures.SlipwayException"/>.</summary>
public interface ICluster : INodeWork, IDisposable
{
    /// <summary>GET /readyz: null when ready, else what the server (or the lack of one) says.</summary>
    Task<string?> NotReadyReasonAsync(CancellationToken cancellationToken);

    Task<IReadOnlyList<KubernetesNode>> NodesAsync(CancellationToken cancellationToken);

    /// <summary>The live object, or null when it, or its kind, is not there.</summary>
    Task<JsonObject?> GetAsync(ManifestId id, CancellationToken cancellationToken);

    /// <summary>Server-side apply as field manager <c>slipway</c> with strict field validation; returns the live object.</summary>
    Task<JsonObject> ApplyAsync(Manifest manifest, CancellationToken cancellationToken);

    /// <summary>DaemonSets and Deployments of a namespace.</summary>
    Task<IReadOnlyList<Workload>> WorkloadsAsync(string ns, CancellationToken cancellationToken);
}

/// <param name="Ready">Pods ready, of <paramref name="Desired"/>, at the current generation.</param>
public sealed record Workload(string Kind, string Name, int Desired, int Ready, bool Current);

public interface IClusterConnector
{
    ICluster Connect(Sensitive kubeconfig);
}
