using System.Globalization;
using Slipway.Rehearsal.Nodes;

namespace Slipway.Rehearsal.Resources;

/// <content>Kubernetes, etcd, discovery.</content>
internal static partial class ResourceRendering
{
    private static readonly string[] ControlPlanePods = ["kube-apiserver", "kube-controller-manager", "kube-scheduler"];

    private static IEnumerable<ResourceBody> Nodenames(RehearsedNode node) => node.Active is null
        ? []
        : [new("nodename", $"nodename: {node.Hostname}\nhostnameVersion: \"1\"\nskipNodeRegistration: false\n")];

    private static IEnumerable<ResourceBody> NodeStatuses(RehearsedNode node) => node is { Active: not null, Cluster.KubernetesBorn: true }
        ? [new(node.Hostname, $"nodename: {node.Hostname}\nnodeReady: {Bool(node.KubernetesReady)}\nunschedulable: false\nlabels:\n    kubernetes.io/hostname: {node.Hostname}\n{Labels(node)}annotations: {{}}\n")]
        : [];

    private static string Labels(RehearsedNode node) =>
        node.World.Ails(Ailment.LabelsGone, node.Plate.Name) ? "" : string.Concat(node.Active!.NodeLabels.Select(label => $"    {Quote(label.Key)}: {Quote(label.Value)}\n"));

    private static IEnumerable<ResourceBody> KubePrism(RehearsedNode node) => node.Active?.KubePrismPort is { } port
        ? [new("k8s-loadbalancer", string.Create(CultureInfo.InvariantCulture, $"host: 127.0.0.1:{port}\nhealthy: {Bool(node.Cluster is { KubernetesBorn: true } && !node.World.Ails(Ailment.KubePrismSick, node.Plate.Name))}\n"))]
        : [];

    private static IEnumerable<ResourceBody> StaticPods(RehearsedNode node) => node.StaticPodsUp
        ? ControlPlanePods.Select(pod => new ResourceBody(
            $"kube-system/{pod}-{node.Hostname}",
            "podStatus:\n    conditions:\n        - type: Ready\n          status: \"True\"\n    phase: Running\n"))
        : [];

    private static IEnumerable<ResourceBody> EtcdMembers(RehearsedNode node) => node.Etcd?.Members.FirstOrDefault(member => member.Node == node) is { } self
        ? [new("local", $"memberID: {self.Id.ToString("x16", CultureInfo.InvariantCulture)}\n")]
        : [];

    private static IEnumerable<ResourceBody> Members(RehearsedNode node) => node.Cluster is null
        ? []
        : node.Cluster.Discovered.Values.Select(member => new ResourceBody(
            member.Hostname,
            $"nodeId: {member.Plate.Hardware.Uuid}\naddresses:\n    - {member.Plate.Address}\nhostname: {member.Hostname}\nmachineType: {member.Active?.MachineType ?? "unknown"}\noperatingSystem: Talos ({member.Traits.Version})\n"));
}
