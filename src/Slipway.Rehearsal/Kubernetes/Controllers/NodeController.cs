using System.Buffers.Binary;
using System.Net;
using System.Text.Json.Nodes;
using Slipway.Rehearsal.Kubernetes.Json;
using Slipway.Rehearsal.Kubernetes.Resources;
using Slipway.Rehearsal.Kubernetes.Storage;

namespace Slipway.Rehearsal.Kubernetes.Controllers;

/// <summary>
/// Kubelets' registration and heartbeats, and what the node lifecycle controller makes of them: a Node is Ready while its machine is up and a
/// CNI has come up since it booted (the pod labelled <c>k8s-app=cilium</c> runs there).
/// </summary>
internal sealed class NodeController(ObjectAccess objects, WorkQueue queue, KubernetesApiOptions options, PodIndex pods) : IController
{
    /// <summary>kube-controller-manager's node-monitor-grace-period was 40 s up to 1.31 and is 50 s since.</summary>
    private static readonly TimeSpan GracePeriod = TimeSpan.FromSeconds(50);

    /// <summary>From the agent's start to its CNI configuration and the kubelet's next look at it.</summary>
    private static readonly TimeSpan NetworkDelay = TimeSpan.FromSeconds(2);

    private const string NotReadyTaint = "node.kubernetes.io/not-ready";
    private const string UnreachableTaint = "node.kubernetes.io/unreachable";
    private readonly Dictionary<string, NodeState> _states = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    public event Action<string, bool>? ReadyChanged;

    public NodeState? Find(string name)
    {
        lock (_gate)
        {
            return _states.GetValueOrDefault(name);
        }
    }

    public void Register(RehearsedKubelet kubelet)
    {
        lock (_gate)
        {
            if (_states.TryGetValue(kubelet.Name, out var state))
            {
                state.Kubelet = kubelet;
            }
            else
            {
                // A Node that is Ready in the store was so before the API server went away.
                var isReady = objects.Find(BuiltInResources.Nodes, "", kubelet.Name) is { } node && Conditions.IsTrue(node.Json, "Ready");
                _states[kubelet.Name] = new NodeState(kubelet, PodNetwork(_states.Count)) { HasNetwork = isReady, WasReady = isReady };
            }
        }

        SetUp(kubelet.Name);
        queue.Add(this, kubelet.Name);
    }

    public void SetDown(string name)
    {
        if (Find(name) is { IsUp: true } state)
        {
            (state.IsUp, state.DownSince) = (false, options.Time.GetUtcNow());
            queue.Add(this, name, GracePeriod);
        }
    }

    public void SetUp(string name)
    {
        if (Find(name) is { IsUp: false } state)
        {
            state.HasNetwork = false;
            // A machine that is back within the grace period was never seen to be unready, yet has to hear that it is ready.
            state.WasReady = false;
            state.Boot++;
            state.IsUp = true;
            queue.Add(this, name);
        }
    }

    public void Observe(StoreEvent change)
    {
        if (change.StorageKey == BuiltInResources.Pods.StorageKey && IsRunningAgent(change.Object) && change.Object.Json.Text("spec", "nodeName") is { } node)
        {
            queue.Add(this, node, NetworkDelay);
        }
    }

    public void Reconcile(string key)
    {
        if (Find(key) is not { } state)
        {
            return;
        }

        if (state.IsUp && !state.HasNetwork && pods.On(key).Any(pod => objects.Find(BuiltInResources.Pods, pod.Namespace, pod.Name) is { } item && IsRunningAgent(item)))
        {
            state.HasNetwork = true;
        }

        if (state.IsUp && objects.Find(BuiltInResources.Nodes, "", key) is null)
        {
            objects.Create(BuiltInResources.Nodes, "", NewNode(state));
        }

        var isLost = !state.IsUp && options.Time.GetUtcNow() - state.DownSince >= GracePeriod;
        if (state.IsUp || isLost)
        {
            objects.Change(BuiltInResources.Nodes, "", key, node => Update(node, state, isLost));
        }

        var isReady = state is { IsUp: true, HasNetwork: true };
        if ((state.IsUp || isLost) && isReady != state.WasReady)
        {
            state.WasReady = isReady;
            ReadyChanged?.Invoke(key, isReady);
        }
    }

    private static bool IsRunningAgent(StoredObject pod) =>
        pod.Json.Text("metadata", "labels", "k8s-app") == "cilium" && !pod.IsDeleting && Conditions.IsTrue(pod.Json, "Ready");

    private static JsonObject NewNode(NodeState state)
    {
        var name = state.Kubelet.Name;
        return new JsonObject
        {
            ["metadata"] = new JsonObject
            {
                ["name"] = name,
                ["labels"] = new JsonObject
                {
                    ["kubernetes.io/hostname"] = name,
                    ["kubernetes.io/os"] = "linux",
                    ["kubernetes.io/arch"] = "amd64",
                    ["beta.kubernetes.io/os"] = "linux",
                    ["beta.kubernetes.io/arch"] = "amd64",
                },
            },
            ["spec"] = new JsonObject(),
        };
    }

    private void Update(JsonObject node, NodeState state, bool isLost)
    {
        var kubelet = state.Kubelet;
        var labels = node.Ensure("metadata").Ensure("labels");
        foreach (var (key, value) in kubelet.Labels)
        {
            labels[key] = value;
        }

        if (kubelet.ControlPlane)
        {
            labels["node-role.kubernetes.io/control-plane"] = "";
        }

        var spec = node.Ensure("spec");
        var range = $"{state.PodNetwork}/24";
        spec["podCIDR"] = range;
        spec["podCIDRs"] = new JsonArray(range);
        SetTaints(spec, state, isLost);
        NodeStatus.Write(node.Ensure("status"), state, isLost, options);
    }

    private static void SetTaints(JsonObject spec, NodeState state, bool isLost)
    {
        var taints = spec.EnsureList("taints");
        taints.RemoveAll(taint => taint.Text("key") is NotReadyTaint or UnreachableTaint);
        foreach (var (key, text) in state.Kubelet.Taints)
        {
            var colon = text.LastIndexOf(':');
            Add(key, colon < 0 ? "" : text[..colon], text[(colon + 1)..]);
        }

        if (state.Kubelet is { ControlPlane: true, AllowScheduling: false })
        {
            Add("node-role.kubernetes.io/control-plane", "", "NoSchedule");
        }

        if (isLost || !state.HasNetwork)
        {
            Add(isLost ? UnreachableTaint : NotReadyTaint, "", "NoSchedule");
            Add(isLost ? UnreachableTaint : NotReadyTaint, "", "NoExecute");
        }

        if (taints.Count == 0)
        {
            spec.Remove("taints");
        }

        void Add(string key, string value, string effect)
        {
            if (taints.Items().Any(taint => taint.Text("key") == key && taint.Text("effect") == effect))
            {
                return;
            }

            var taint = new JsonObject { ["key"] = key, ["effect"] = effect };
            if (value.Length > 0)
            {
                taint["value"] = value;
            }

            taints.Add((JsonNode)taint);
        }
    }

    private IPAddress PodNetwork(int index)
    {
        var bytes = options.PodCidr.BaseAddress.GetAddressBytes();
        BinaryPrimitives.WriteUInt32BigEndian(bytes, BinaryPrimitives.ReadUInt32BigEndian(bytes) + ((uint)index << 8));
        return new IPAddress(bytes);
    }
}
