using System.Text.Json.Nodes;
using Slipway.Rehearsal.Kubernetes.Json;
using Slipway.Rehearsal.Kubernetes.Resources;
using Slipway.Rehearsal.Kubernetes.Storage;
using Slipway.Rehearsal.Kubernetes.Writing;

namespace Slipway.Rehearsal.Kubernetes.Controllers;

/// <summary>
/// What is in a cluster before anybody installs anything: the namespaces, the <c>kubernetes</c> Service, and what Talos applies once a control
/// plane has registered (CoreDNS, without kube-proxy and CNI), with the mirror pods of each control plane.
/// </summary>
internal sealed class BootstrapController : IController
{
    private const string System = "kube-system";
    private readonly ObjectAccess _objects;
    private readonly WorkQueue _queue;
    private readonly KubernetesApiOptions _options;
    private readonly ServiceAddresses _addresses;

    public BootstrapController(ObjectAccess objects, WorkQueue queue, KubernetesApiOptions options, ServiceAddresses addresses)
    {
        (_objects, _queue, _options, _addresses) = (objects, queue, options, addresses);
        foreach (var name in (string[])["default", System, "kube-public", "kube-node-lease"])
        {
            Ensure(BuiltInResources.Namespaces, "", name, new JsonObject());
        }

        Ensure(BuiltInResources.Services, "default", "kubernetes", BootstrapObjects.KubernetesService(addresses.At(1)));
    }

    public void Observe(StoreEvent change)
    {
        if (change.StorageKey == BuiltInResources.Nodes.StorageKey && change.Change != StoreChange.Deleted && IsControlPlane(change.Object)
            && (change.Previous is null || !IsControlPlane(change.Previous)))
        {
            _queue.Add(this, change.Object.Name);
        }
        else if (change is { Change: StoreChange.Deleted, StorageKey: "pods" }
            && change.Object.Json.Text("metadata", "annotations", "kubernetes.io/config.mirror") is not null
            && change.Object.Json.Text("spec", "nodeName") is { } node)
        {
            // The kubelet mirrors a static pod anew, whoever deleted the mirror.
            _queue.Add(this, node);
        }
    }

    public void Reconcile(string key)
    {
        if (_objects.Find(BuiltInResources.Nodes, "", key) is not { } node)
        {
            return;
        }

        foreach (var component in (string[])["kube-apiserver", "kube-controller-manager", "kube-scheduler"])
        {
            var name = $"{component}-{key}";
            Ensure(BuiltInResources.Pods, System, name, BootstrapObjects.StaticPod(component, node, _options.Version.ToString()));
        }

        Ensure(BuiltInResources.ServiceAccounts, System, "coredns", new JsonObject());
        Ensure(BuiltInResources.ConfigMaps, System, "coredns", new JsonObject { ["data"] = new JsonObject { ["Corefile"] = ".:53 {\n}\n" } });
        Ensure(BuiltInResources.Services, System, "kube-dns", BootstrapObjects.DnsService(_addresses.At(10)));
        Ensure(BuiltInResources.Deployments, System, "coredns", BootstrapObjects.CoreDns());
    }

    private static bool IsControlPlane(StoredObject node) => node.Json.At("metadata", "labels", "node-role.kubernetes.io/control-plane") is not null;

    private void Ensure(ResourceType type, string ns, string name, JsonObject json)
    {
        if (_objects.Find(type, ns, name) is null)
        {
            json.Ensure("metadata")["name"] = name;
            _objects.Create(type, ns, json);
        }
    }
}
