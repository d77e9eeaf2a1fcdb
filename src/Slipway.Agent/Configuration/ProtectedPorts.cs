namespace Slipway.Agent.Configuration;

/// <summary>Ports that no role can be given: dropping there would cut the hand that holds the node.</summary>
internal static class ProtectedPorts
{
    /// <summary>Talos API, Kubernetes API, etcd, kubelet, Cilium's health and Hubble.</summary>
    public static IReadOnlyList<PortRange> All { get; } =
    [
        new(TransportProtocol.Tcp, 50000, 50001),
        new(TransportProtocol.Tcp, 6443, 6443),
        new(TransportProtocol.Tcp, 2379, 2380),
        new(TransportProtocol.Tcp, 10250, 10250),
        new(TransportProtocol.Tcp, 4240, 4240),
        new(TransportProtocol.Tcp, 4244, 4244),
    ];
}
