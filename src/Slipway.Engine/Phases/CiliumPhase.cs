using System.Globalization;
using Slipway.Core.Cilium;
using Slipway.Core.Failures;
using Slipway.Core.Planning;
using Slipway.Core.Spec;
using Slipway.Engine.Ports;
using Slipway.Engine.Running;

namespace Slipway.Engine.Phases;

/// <summary>Installs Cilium inside the window that Talos leaves: its boot waits for a CNI, and a boot that lasts too long ends in a reboot.</summary>
internal sealed class CiliumPhase : Phase
{
    public override string Id => PhaseIds.Cilium;

    public override string Title => "Cilium, by helm";

    public override async Task ObserveAsync(RunContext run, Observer observer, CancellationToken cancellationToken)
    {
        await observer.AwaitKubernetesAsync(Id, observer.ObserveReleaseAsync, cancellationToken);
    }

    public override IReadOnlyList<PlannedAction> Plan(DesiredState desired, ObservedState observed) => ClusterPlanner.Cilium(desired, observed);

    public override async Task ApplyAsync(RunContext run, IReadOnlyList<PlannedAction> actions, CancellationToken cancellationToken)
    {
        if (actions.Count == 0)
        {
            return;
        }

        TellTheClock(run);
        var values = CiliumValues.ToYaml(run.Desired.CiliumValues);
        run.Journal.Keep("cilium-values.yaml", values);
        var observer = new Observer(run);
        await run.EffectAsync(actions[0], () => UpgradeAsync(run, observer, cancellationToken));
        await observer.ObserveReleaseAsync(cancellationToken);
    }

    /// <summary>helm gives up at once when the API goes away under it; what it asks for can be asked for again.</summary>
    private async Task UpgradeAsync(RunContext run, Observer observer, CancellationToken cancellationToken)
    {
        var started = run.Time.GetTimestamp();
        while (true)
        {
            try
            {
                await HelmAsync(run, observer.HelmTarget(), cancellationToken);
                return;
            }
            catch (SlipwayException error) when (error.Reason == FailureReason.Unreachable && run.Time.GetElapsedTime(started) < run.Options.CiliumTimeout)
            {
                run.Notice("the Kubernetes API went away under helm; waiting for it");
                await observer.AwaitKubernetesAsync(Id, observer.ObserveReleaseAsync, cancellationToken);
            }
        }
    }

    private static async Task HelmAsync(RunContext run, HelmTarget target, CancellationToken cancellationToken)
    {
        if (run.State.Cluster.Release is { } release && release.Status.StartsWith("pending", StringComparison.Ordinal))
        {
            run.Notice($"the release is {release.Status}: an earlier helm was cut off; clearing its record");
            await run.Ports.Helm.ClearPendingAsync(target, release, cancellationToken);
        }

        var cilium = run.Spec.Cilium;
        await run.Ports.Helm.UpgradeAsync(target, new HelmUpgrade(
            cilium.Chart,
            cilium.Version.ToString()[1..],
            Path.Combine(run.Journal.Folder, "cilium-values.yaml"),
            run.Options.CiliumTimeout,
            line => Tell(run, line)), cancellationToken);
    }

    public override Verification Verify(RunContext run) => new(
        [new Condition("Cilium's agents and operator are ready", null, token => LookAsync(run, token))], run.Options.CiliumTimeout);

    private static async Task<Verdict> LookAsync(RunContext run, CancellationToken cancellationToken)
    {
        var workloads = (await run.State.Kubernetes!.WorkloadsAsync(ClusterPlanner.ReleaseNamespace, cancellationToken))
            .Where(workload => workload.Name is "cilium" or "cilium-operator" or "cilium-envoy"
                || (workload.Name is "hubble-relay" or "hubble-ui" && TakesOrdinaryPods(run.Spec)))
            .ToList();
        var waiting = workloads
            .Where(workload => !workload.Current || workload.Ready < workload.Desired)
            .Select(workload => string.Create(CultureInfo.InvariantCulture, $"{workload.Name} {workload.Ready}/{workload.Desired}"))
            .ToList();
        if (workloads.All(workload => workload.Name != "cilium"))
        {
            return Verdict.Waiting("the DaemonSet cilium is not there yet");
        }

        if (waiting.Count == 0)
        {
            return Verdict.Met;
        }

        var silent = await NodesPhase.FirstSilentAsync(run, cancellationToken);
        return Verdict.Waiting(string.Join(", ", waiting) + (silent is { } node ? $"; {node.Reason}" : ""), silent?.Name);
    }

    /// <summary>
    /// Relay and UI tolerate no taint, so in a cluster of control planes and tainted workers alone they wait for a node that is yet
    /// to come, and the run must not wait with them.
    /// </summary>
    private static bool TakesOrdinaryPods(ClusterSpec spec) => spec.Nodes.Any(node => node.Role == NodeRole.Worker && node.Taints.Count == 0);

    private static void Tell(RunContext run, string line)
    {
        if (!string.IsNullOrWhiteSpace(line))
        {
            run.Notice($"helm: {line}");
        }
    }

    private static void TellTheClock(RunContext run)
    {
        if (run.State.FirstBoot is not { } booted)
        {
            return;
        }

        var left = booted + run.Options.BootLimit - run.Time.GetUtcNow();
        run.Notice(
            left > TimeSpan.Zero
                ? string.Create(CultureInfo.InvariantCulture, $"{left.TotalMinutes:0} minutes left until Talos reboots nodes that have no CNI")
                : "Talos' boot limit has passed: nodes may reboot once before Cilium runs on them; the run waits for them",
            warning: left < TimeSpan.FromMinutes(10));
    }
}
