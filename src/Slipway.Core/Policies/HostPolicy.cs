using System.Text.Json.Nodes;
using Slipway.Core.Planning;
using Slipway.Core.Spec;

namespace Slipway.Core.Policies;

/// <summary>
/// What may reach a validator's node. Validators share the host's network, so no policy on pods applies to them; a cluster-wide
/// policy with a nodeSelector does, and it covers all of the host: kubelet and the Talos API as much as the validator. Hence
/// the control ports come first.
/// </summary>
internal static class HostPolicy
{
    private const string Tcp = "TCP";
    private const string Udp = "UDP";

    private static readonly int[] s_talos = [50000, 50001];

    public static Manifest For(ClusterSpec spec) => PolicyJson.ClusterPolicy("slipway-validators", new JsonObject
    {
        ["description"] = "What may reach the nodes of validators. Egress is open.",
        ["nodeSelector"] = PolicyJson.Labels(new KeyValuePair<string, string>(ValidatorNodes.LabelKey, ValidatorNodes.LabelValue)),
        // No egress section: without one Cilium lets everything out.
        ["ingress"] = PolicyJson.List(Rules(spec)),
    });

    private static IEnumerable<JsonNode> Rules(ClusterSpec spec)
    {
        yield return From("fromEntities", PolicyJson.Texts("host", "remote-node", "kube-apiserver", "health"), Control());

        // While an agent starts, the other nodes have no identity yet and count as plain addresses (cilium/cilium#23978).
        if (NodeNetworks.Of(spec.Nodes) is { Count: > 0 } nodes)
        {
            yield return From("fromCIDR", PolicyJson.Texts(nodes), Control());
        }

        // Pods of the cluster: Hubble's relay, Prometheus, metrics-server.
        yield return From("fromEntities", PolicyJson.Texts("cluster"), [.. Observed().Select(port => PolicyJson.Port(port, Tcp))]);
        yield return Operators(spec);
        yield return Icmp();
        if (NeedsDhcp(spec))
        {
            yield return From("fromEntities", PolicyJson.Texts("all"), [PolicyJson.Port(68, Udp), PolicyJson.Port(546, Udp)]);
        }

        // The gossip port answers on TCP as well: other validators ask it for their own address and for reachable ports.
        yield return From("fromEntities", PolicyJson.Texts("all"), [PolicyJson.Port(spec.Policies.Gossip, Udp), PolicyJson.Port(spec.Policies.Gossip, Tcp)]);
        yield return From(
            "fromEndpoints",
            [PolicyJson.Pods(spec.Policies.JupiterNamespace, spec.Policies.JupiterLabels)],
            [PolicyJson.Port(spec.Policies.Rpc, Tcp)]);
    }

    /// <summary>Talos API and trustd, Kubernetes API, etcd, kubelet, Cilium's health, Hubble's peers, metrics.</summary>
    private static JsonObject[] Control() =>
    [
        .. s_talos.Select(port => PolicyJson.Port(port, Tcp)),
        PolicyJson.Port(6443, Tcp),
        PolicyJson.Port(new PortRange(2379, 2380), Tcp),
        .. Observed().Select(port => PolicyJson.Port(port, Tcp)),
    ];

    private static PortRange[] Observed() => [new(10250, 10250), new(4240, 4240), new(4244, 4244), new(9962, 9966)];

    /// <summary>
    /// Operators, or everybody when the spec does not say where operators sit: the Talos API knows its friends by certificate,
    /// and a policy must not lock out the hand that wrote it.
    /// </summary>
    private static JsonObject Operators(ClusterSpec spec)
    {
        JsonObject[] ports = [.. s_talos.Select(port => PolicyJson.Port(port, Tcp)), PolicyJson.Port(6443, Tcp), PolicyJson.Port(10250, Tcp)];
        return spec.Network.OperatorCidrs.Count > 0
            ? From("fromCIDR", PolicyJson.Texts(spec.Network.OperatorCidrs), ports)
            : From("fromEntities", PolicyJson.Texts("world"), [.. s_talos.Select(port => PolicyJson.Port(port, Tcp))]);
    }

    /// <summary>Echo, unreachable (path MTU!) and time exceeded; for IPv6 neighbour discovery too, without which there is no link.</summary>
    private static JsonObject Icmp()
    {
        int[] ipv4 = [0, 3, 8, 11];
        int[] ipv6 = [1, 2, 3, 128, 129, 133, 134, 135, 136];
        var fields = ipv4.Select(type => Field("IPv4", type)).Concat(ipv6.Select(type => Field("IPv6", type)));
        // A rule of its own: the agent refuses icmps beside toPorts.
        return new JsonObject
        {
            ["fromEntities"] = PolicyJson.Texts("all"),
            ["icmps"] = new JsonArray(new JsonObject { ["fields"] = PolicyJson.List(fields) }),
        };

        static JsonNode Field(string family, int type) => new JsonObject { ["family"] = family, ["type"] = type };
    }

    private static bool NeedsDhcp(ClusterSpec spec) =>
        ValidatorNodes.Of(spec).Any(node => node.Interface is null or { Addresses.Count: 0, Vlan: null } or { Vlan.Addresses.Count: 0, Addresses.Count: 0 });

    private static JsonObject From(string peers, JsonArray who, IEnumerable<JsonObject> ports) =>
        new() { [peers] = who, ["toPorts"] = PolicyJson.ToPorts(ports) };
}
