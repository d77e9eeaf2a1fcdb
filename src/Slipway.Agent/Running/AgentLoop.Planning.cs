using System.Net;
using Slipway.Agent.Filtering;
using Slipway.Agent.Stake;

namespace Slipway.Agent.Running;

/// <summary>What the kernel goes by: told anew whenever configuration, stake or own addresses are others, and until it took it.</summary>
internal sealed partial class AgentLoop
{
    private FilterPlan? plan;
    private bool planned;
    private DateTimeOffset? beatAt;
    private IReadOnlyList<IPAddress> addresses = [];

    /// <summary>True when the kernel was told something new.</summary>
    private bool Plan(bool changed)
    {
        // What cannot be listed just now stays as it was known: a node without addresses of its own would filter nothing.
        Try(() => addresses = ownAddresses());
        var next = changed || plan is null || !plan.OwnAddresses.SequenceEqual(FilterPlan.OwnAddressesOf(watch.Config, addresses))
            ? FilterPlan.Of(watch.Config, stake?.Table ?? StakeTable.Empty, addresses)
            : plan;
        if (ReferenceEquals(next, plan) && planned)
        {
            return false;
        }

        plan = next;
        planned = false;
        Try(() =>
        {
            dataplane.Configure(next, watch.Config);
            beatAt = time.GetUtcNow();
            planned = true;
        });
        return planned;
    }

    /// <summary>After a change of what the kernel goes by.</summary>
    private void Settle()
    {
        if (files.WriteTables(plan!, watch.Config.Status) is { } problem)
        {
            problems.Add(problem);
        }

        // Thousands of peers leave megabytes behind, and hours may pass before the collector would give them back.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }

    private void Beat()
    {
        if (planned)
        {
            dataplane.Beat();
            beatAt = time.GetUtcNow();
        }
    }
}
