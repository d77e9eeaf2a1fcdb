using System.Text.Json.Nodes;
using Slipway.Core.Failures;
using Slipway.Core.Planning;
using Slipway.Engine.Running;

namespace Slipway.Engine.Phases;

/// <summary>Applies namespaces and network policies server-side, and reads their status back.</summary>
internal sealed class PoliciesPhase : Phase
{
    public override string Id => PhaseIds.Policies;

    public override string Title => "Network policies";

    public override async Task ObserveAsync(RunContext run, Observer observer, CancellationToken cancellationToken)
    {
        await observer.AwaitKubernetesAsync(Id, observer.ObservePoliciesAsync, cancellationToken);
    }

    public override IReadOnlyList<PlannedAction> Plan(DesiredState desired, ObservedState observed) => ClusterPlanner.Policies(desired, observed);

    public override async Task ApplyAsync(RunContext run, IReadOnlyList<PlannedAction> actions, CancellationToken cancellationToken)
    {
        var manifests = run.Desired.Policies.ToDictionary(manifest => manifest.Id.ToString());
        foreach (var action in actions)
        {
            await run.EffectAsync(action, () => ApplyAsync(run, manifests[action.Target], cancellationToken));
        }
    }

    public override Verification Verify(RunContext run) => new(
        [.. run.Desired.Policies.Select(manifest => new Condition($"{manifest.Id} is in force", null, token => LookAsync(run, manifest, token)))],
        run.Options.PolicyTimeout);

    /// <summary>Cilium's operator makes the CRDs some seconds after it starts: until then their kind is not found.</summary>
    private static async Task ApplyAsync(RunContext run, Manifest manifest, CancellationToken cancellationToken)
    {
        var (started, pace) = (run.Time.GetTimestamp(), new Pace(run.Time, run.Options));
        while (true)
        {
            try
            {
                await run.State.Kubernetes!.ApplyAsync(manifest, cancellationToken);
                return;
            }
            catch (SlipwayException error) when (Transient.Is(error.Reason) && run.Time.GetElapsedTime(started) < run.Options.PolicyTimeout)
            {
                await pace.WaitAsync(cancellationToken);
            }
        }
    }

    private static async Task<Verdict> LookAsync(RunContext run, Manifest manifest, CancellationToken cancellationToken)
    {
        if (await run.State.Kubernetes!.GetAsync(manifest.Id, cancellationToken) is not { } live)
        {
            return Verdict.Waiting("not there");
        }

        if (!ManifestComparison.Covers(manifest.Content, live))
        {
            return Verdict.Waiting("the live object differs from what was applied");
        }

        if (!manifest.Id.ApiVersion.StartsWith("cilium.io/", StringComparison.Ordinal))
        {
            return Verdict.Met;
        }

        // Accepted by the API server is not accepted by Cilium: its operator parses the policy and writes the condition.
        var valid = Valid(live);
        return valid?["status"]?.GetValue<string>() switch
        {
            "True" => Verdict.Met,
            "False" => Verdict.Failed($"Cilium refuses it: {valid["message"]?.GetValue<string>() ?? "no message"}"),
            _ => Verdict.Waiting("Cilium has not judged it yet"),
        };
    }

    private static JsonObject? Valid(JsonObject live) =>
        (live["status"]?["conditions"] as JsonArray)?.OfType<JsonObject>().FirstOrDefault(condition => condition["type"]?.GetValue<string>() == "Valid");
}
