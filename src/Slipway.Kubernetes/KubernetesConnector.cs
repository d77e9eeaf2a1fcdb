using Slipway.Core.Secrets;
using Slipway.Engine.Ports;

namespace Slipway.Kubernetes;

/// <summary>Connects to Kubernetes APIs by kubeconfig text alone: nothing of the user's home or environment is read.</summary>
public sealed class KubernetesConnector(TimeProvider time) : IClusterConnector
{
    /// <exception cref="Core.Failures.SlipwayException">The kubeconfig is unusable (BadInput).</exception>
    public ICluster Connect(Sensitive kubeconfig) => new KubernetesCluster(KubernetesApiClient.Open(kubeconfig, time));
}
