using Slipway.Core.Secrets;
using Slipway.Engine.Ports;
using Slipway.Rehearsal;

namespace Slipway.Cli.Composition;

/// <summary>Holds a rehearsal's clock still while a call to the Kubernetes API is under way, for the same reason as <see cref="BusyFleet"/>.</summary>
internal sealed class BusyClusters(IClusterConnector clusters, VirtualClock clock) : IClusterConnector
{
    public ICluster Connect(Sensitive kubeconfig) => new BusyCluster(clusters.Connect(kubeconfig), clock);
}
