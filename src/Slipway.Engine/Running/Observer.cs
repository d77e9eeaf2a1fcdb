using System.Text;
using System.Text.Json.Nodes;
using Slipway.Core.Failures;
using Slipway.Core.Planning;
using Slipway.Core.Secrets;
using Slipway.Core.Spec;
using Slipway.Engine.Journaling;
using Slipway.Engine.Ports;
using Slipway.Engine.Upgrading;

namespace Slipway.Engine.Running;

/// <summary>Looks at nodes, cluster and this machine, and writes what it sees into the run's state. Changes nothing.</summary>
public sealed class Observer(RunContext run)
{
    public void ObserveLocal() => run.State.Local = new LocalObservation
    {
        HasSecrets = File.Exists(run.Desired.SecretsPath),
        HasTalosconfig = BelongsToCluster(run.Folder.Talosconfig, run.Desired.TalosCa),
        HasKubeconfig = BelongsToCluster(run.Folder.Kubeconfig, run.Desired.KubernetesCa),
        Bootstrap = new BootstrapFile(run.Folder).Read(),
        Archives = InstallerArchives.Observe(run.Spec),
        Upgraded = new UpgradeFile(run.Folder).Read(),
    };

    public async Task ObserveNodesAsync(IEnumerable<NodeSpec> nodes, ObservationDepth depth, CancellationToken cancellationToken)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = run.Options.Parallelism, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(nodes, parallel, async (node, token) =>
            run.State.Nodes[node.Name] = await run.Node(node).ObserveAsync(depth, token));
    }

    /// <summary>Members as the first control plane that serves etcd lists them; null when none does.</summary>
    public async Task ObserveEtcdAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<EtcdMember>? members = null;
        foreach (var node in run.Spec.ControlPlanes.Where(node => run.State.Nodes.GetValueOrDefault(node.Name)?.Mode == NodeMode.Configured))
        {
            try
            {
                members = await run.Node(node).EtcdMembersAsync(cancellationToken);
                if (members.Count > 0)
                {
                    break;
                }
            }
            catch (SlipwayException)
            {
                // etcd does not run there (yet); another control plane may know.
            }
        }

        run.State.Cluster = run.State.Cluster with { Etcd = members };
    }

    /// <summary>Connects when a kubeconfig of this cluster is there; an API that does not answer is an observation too.</summary>
    public async Task ObserveKubernetesAsync(CancellationToken cancellationToken)
    {
        if (Connect() is not { } kubernetes)
        {
            return;
        }

        try
        {
            var ready = await kubernetes.NotReadyReasonAsync(cancellationToken) is null;
            run.State.Cluster = run.State.Cluster with
            {
                ApiReady = ready,
                Nodes = ready ? await kubernetes.NodesAsync(cancellationToken) : null,
            };
        }
        catch (SlipwayException)
        {
            run.State.Cluster = run.State.Cluster with { ApiReady = false, Nodes = null };
        }
    }

    /// <summary>As <see cref="ObserveKubernetesAsync"/>, for phases that cannot do without an answer.</summary>
    /// <param name="look">What the phase asks next. When the API goes away under it, it is waited for and asked again.</param>
    public Task AwaitKubernetesAsync(string phase, Func<CancellationToken, Task> look, CancellationToken cancellationToken) => Attempts.UntilDoneAsync(
        run, run.Options.ControlPlaneTimeout, async token =>
        {
            try
            {
                return await LooksAsync(look, token) ? null : Silence;
            }
            catch (SlipwayException)
            {
                // Was it the API, or what was asked? It is the latter when it happens again at once.
                return await LooksAsync(look, token) ? null : Silence;
            }
        }, _ => Silent(phase), cancellationToken);

    public async Task ObserveReleaseAsync(CancellationToken cancellationToken)
    {
        if (run.State.Cluster.ApiReady)
        {
            run.State.Cluster = run.State.Cluster with { Release = await run.Ports.Helm.FindAsync(HelmTarget(), cancellationToken) };
        }
    }

    public async Task ObservePoliciesAsync(CancellationToken cancellationToken)
    {
        if (!run.State.Cluster.ApiReady || run.State.Kubernetes is not { } kubernetes)
        {
            return;
        }

        var objects = new Dictionary<ManifestId, JsonObject>();
        foreach (var id in run.Desired.Policies.Select(manifest => manifest.Id))
        {
            if (await kubernetes.GetAsync(id, cancellationToken) is { } live)
            {
                objects[id] = live;
            }
        }

        run.State.Cluster = run.State.Cluster with { Objects = objects };
    }

    /// <summary>Everything, once: what a plan and a status are made of.</summary>
    public async Task ObserveAllAsync(CancellationToken cancellationToken)
    {
        ObserveLocal();
        await ObserveNodesAsync(run.Spec.Nodes, ObservationDepth.Full, cancellationToken);
        await ObserveEtcdAsync(cancellationToken);
        await ObserveKubernetesAsync(cancellationToken);
        await ObserveReleaseAsync(cancellationToken);
        await ObservePoliciesAsync(cancellationToken);
    }

    private const string Silence = "the Kubernetes API does not answer";

    /// <returns>False when the API is not ready to be looked at.</returns>
    private async Task<bool> LooksAsync(Func<CancellationToken, Task> look, CancellationToken cancellationToken)
    {
        await ObserveKubernetesAsync(cancellationToken);
        if (run.State.Cluster.ApiReady)
        {
            await look(cancellationToken);
        }

        return run.State.Cluster.ApiReady;
    }

    private SlipwayException Silent(string phase) => new(FailureReason.TimedOut, $"the Kubernetes API at {run.Spec.Endpoint.Authority} ceased to answer")
    {
        Phase = phase,
        Expected = "the Kubernetes API is ready",
        Found = $"no answer for {run.Options.ControlPlaneTimeout.TotalMinutes:0.#} minutes",
        Hint = "run the same command again to go on from here; 'slipway status' shows what is true now",
    };

    internal HelmTarget HelmTarget() => new(ClusterPlanner.Release, ClusterPlanner.ReleaseNamespace, run.Folder.Kubeconfig);

    internal ICluster? Connect()
    {
        if (run.State.Kubernetes is null && BelongsToCluster(run.Folder.Kubeconfig, run.Desired.KubernetesCa))
        {
            run.State.Kubernetes = run.Ports.Clusters.Connect(new Sensitive(File.ReadAllText(run.Folder.Kubeconfig)));
        }

        return run.State.Kubernetes;
    }

    /// <summary>Both files carry the CA's PEM in base64; one of another cluster must not be used, nor kept.</summary>
    private static bool BelongsToCluster(string path, string caPem) =>
        File.Exists(path) && File.ReadAllText(path).Contains(Convert.ToBase64String(Encoding.UTF8.GetBytes(caPem)), StringComparison.Ordinal);
}
