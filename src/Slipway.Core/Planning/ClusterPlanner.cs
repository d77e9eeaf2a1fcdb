using System.Text.Json.Nodes;
using Slipway.Core.MachineConfig;

namespace Slipway.Core.Planning;

/// <summary>What has to be done to the cluster as a whole: secrets, etcd, access files, Cilium, policies.</summary>
public static class ClusterPlanner
{
    /// <summary>helm's name of the release, and the namespace that Talos exempts from pod security.</summary>
    public const string Release = "cilium";

    public const string ReleaseNamespace = "kube-system";

    public static IReadOnlyList<PlannedAction> Secrets(DesiredState desired, ObservedState observed) =>
        observed.Local.HasSecrets
            ? []
            : [Create(PhaseIds.Secrets, desired.Spec.SecretsFile, "make the cluster's secrets (certificate authorities, tokens, keys)")];

    /// <summary>
    /// Bootstrap, unless etcd has a member or surely had one: a cluster that was bootstrapped and lists no member now is
    /// waited for, never started anew.
    /// </summary>
    public static IReadOnlyList<PlannedAction> Bootstrap(DesiredState desired, ObservedState observed)
    {
        // A control plane may know that it is a member while no quorum is there to list the members.
        if (observed.Cluster.Etcd is { Count: > 0 }
            || observed.Local.Bootstrap is { Confirmed: true }
            || observed.Nodes.Values.Any(node => node.EtcdMemberId is not null))
        {
            return [];
        }

        var node = observed.Local.Bootstrap?.Node ?? desired.Spec.ControlPlanes.First().Name;
        return
        [
            new PlannedAction
            {
                Phase = PhaseIds.Bootstrap,
                Target = "etcd",
                Kind = ActionKind.Execute,
                Cost = ActionCost.Live,
                Summary = $"bootstrap etcd on {node}, once in the cluster's life",
            },
        ];
    }

    public static IReadOnlyList<PlannedAction> Access(ObservedState observed)
    {
        var actions = new List<PlannedAction>();
        if (!observed.Local.HasTalosconfig)
        {
            actions.Add(Create(PhaseIds.Access, "talosconfig", "write a talosconfig for the operator"));
        }

        if (!observed.Local.HasKubeconfig)
        {
            actions.Add(Create(PhaseIds.Access, "kubeconfig", "fetch an administrator's kubeconfig"));
        }

        return actions;
    }

    public static IReadOnlyList<PlannedAction> Cilium(DesiredState desired, ObservedState observed)
    {
        if (KubernetesIsSilent(observed))
        {
            return [];
        }

        var target = $"release/{Release}";
        var version = desired.Spec.Cilium.Version;
        if (observed.Cluster.Release is not { } live)
        {
            return [Create(PhaseIds.Cilium, target, $"install Cilium {version} by helm")];
        }

        var changes = ValueDiff.Between(live.Values, desired.CiliumValues).ToList();
        var chart = $"{Release}-{version.ToString()[1..]}";
        if (live.Chart != chart && desired.Spec.Cilium.Chart.Kind != Spec.ChartSourceKind.StandIn)
        {
            changes.Insert(0, new ConfigChange { Kind = ChangeKind.Changed, Document = "release", Path = "chart", Before = live.Chart, After = chart });
        }

        var summary = live.Status != "deployed" ? $"repair the release, which is {live.Status}"
            : changes.Count > 0 ? "upgrade the release by helm"
            : null;
        return summary is null
            ? []
            : [new PlannedAction { Phase = PhaseIds.Cilium, Target = target, Kind = ActionKind.Update, Cost = ActionCost.Live, Summary = summary, Changes = changes }];
    }

    public static IReadOnlyList<PlannedAction> Policies(DesiredState desired, ObservedState observed) => KubernetesIsSilent(observed) ? [] :
    [
        .. desired.Policies.Select(manifest => Policy(manifest, observed.Cluster.Objects.GetValueOrDefault(manifest.Id))).OfType<PlannedAction>(),
    ];

    /// <summary>There is a kubeconfig, so there may be much in Kubernetes, and its API does not answer: what it needs is not known.</summary>
    internal static bool KubernetesIsSilent(ObservedState observed) => observed.Local.HasKubeconfig && !observed.Cluster.ApiReady;

    private static PlannedAction? Policy(Manifest manifest, JsonObject? live)
    {
        if (live is null)
        {
            return Create(PhaseIds.Policies, manifest.Id.ToString(), "apply");
        }

        return ManifestComparison.FirstDifference(manifest.Content, live) is not { } path
            ? null
            : new PlannedAction
            {
                Phase = PhaseIds.Policies,
                Target = manifest.Id.ToString(),
                Kind = ActionKind.Update,
                Cost = ActionCost.Live,
                Summary = $"apply again: the live object differs at {path}",
            };
    }

    private static PlannedAction Create(string phase, string target, string summary) =>
        new() { Phase = phase, Target = target, Kind = ActionKind.Create, Cost = ActionCost.Live, Summary = summary };
}
