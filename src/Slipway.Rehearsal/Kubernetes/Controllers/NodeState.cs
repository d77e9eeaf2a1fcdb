using System.Net;

namespace Slipway.Rehearsal.Kubernetes.Controllers;

/// <summary>One kubelet as the rehearsal runs it; what it tells the API is the Node object.</summary>
internal sealed class NodeState(RehearsedKubelet kubelet, IPAddress podNetwork)
{
    public RehearsedKubelet Kubelet { get; set; } = kubelet;

    /// <summary>The base of the node's pod range, a /24.</summary>
    public IPAddress PodNetwork { get; } = podNetwork;

    public bool IsUp { get; set; } = true;

    /// <summary>Counts boots: pods that were started in an earlier one have to start again.</summary>
    public int Boot { get; set; } = 1;

    /// <summary>A CNI configuration has been written since the boot. It outlives the agent's pod, not the machine.</summary>
    public bool HasNetwork { get; set; }

    public DateTimeOffset DownSince { get; set; }

    /// <summary>Pod addresses given out so far.</summary>
    public int NextPodAddress { get; set; }

    /// <summary>The last Ready that was announced.</summary>
    public bool WasReady { get; set; }
}
