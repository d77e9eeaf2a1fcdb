using System.Collections.Concurrent;
using Slipway.Core.Failures;
using Slipway.Core.Filter;
using Slipway.Core.Installers;
using Slipway.Core.Layouts;
using Slipway.Core.Spec;
using Slipway.Engine.Reporting;
using Slipway.Engine.Running;

namespace Slipway.Engine.Phases;

/// <summary>
/// That the filter is where it is wanted: its extension in the image that the node booted, its service up, and by the agent's own
/// word before the NICs and in the wanted mode.
/// </summary>
internal static class FilterConditions
{
    /// <summary>Nodes that are told by name; beyond that, how many there are.</summary>
    private const int Named = 3;

    /// <summary>Empty when no node shall have the filter.</summary>
    public static IEnumerable<Condition> Of(RunContext run)
    {
        var guarded = run.Spec.Nodes.Where(node => AgentConfigJson.IsWanted(run.Spec, node)).ToList();
        if (guarded.Count > 0)
        {
            var nodes = guarded.Count > Named ? $"{guarded.Count} nodes" : string.Join(", ", guarded.Select(node => node.Name));
            var verb = run.Spec.Xdp.Mode == XdpMode.Enforce ? "enforces" : "observes";
            yield return new Condition($"the filter {verb} on {nodes}: in the image, its service up, attached by its agent's word", null, token => LookAsync(run, guarded, token));
        }
    }

    private static async Task<Verdict> LookAsync(RunContext run, IReadOnlyList<NodeSpec> guarded, CancellationToken cancellationToken)
    {
        var wrong = new ConcurrentDictionary<string, Verdict>(StringComparer.Ordinal);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = run.Options.Parallelism, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(guarded, parallel, async (node, token) =>
        {
            if (await JudgeAsync(run, node, token) is { State: not ConditionState.Met } verdict)
            {
                wrong[node.Name] = verdict;
            }
        });
        var told = guarded.Where(node => wrong.ContainsKey(node.Name)).Select(node => wrong[node.Name])
            .OrderByDescending(verdict => verdict.State == ConditionState.Failed).Take(Named).ToList();
        return told.Count == 0 ? Verdict.Met : told[0] with { Reason = string.Join("; ", told.Select(verdict => verdict.Reason)) };
    }

    private static async Task<Verdict> JudgeAsync(RunContext run, NodeSpec node, CancellationToken cancellationToken)
    {
        try
        {
            var port = run.Node(node);
            var detail = await port.DetailAsync(cancellationToken);
            if (FilterJudge.ImageProblem(run.Spec.Xdp.Version, detail.Extensions) is { } missing)
            {
                // All upgrades are done: waiting brings nothing into an image.
                var image = NodeImage.Of(run.Spec, node);
                return Verdict.Failed($"{node.Name}: {missing}; it was installed by {image.Name}: {image.Anew}, with the extension") with { Node = node.Name };
            }

            var files = await port.ReadFilesAsync([FilterExtension.StatusFile], cancellationToken);
            // The agent writes by the node's clock, which may be another than ours.
            var now = detail.Clock?.Local ?? run.Time.GetUtcNow();
            return FilterJudge.Problems(run.Spec.Xdp.Mode, run.Spec.Xdp.Version, detail.Extensions, detail.Services, files[FilterExtension.StatusFile], now) is [var first, ..]
                ? Verdict.Waiting($"{node.Name}: {first}", node.Name)
                : Verdict.Met;
        }
        catch (SlipwayException error) when (error.Reason is not FailureReason.Interrupted)
        {
            return Verdict.Waiting($"{node.Name}: {error.Message}", node.Name, error.Reason);
        }
    }
}
