using System.Net;
using Slipway.Agent.Filtering;
using Slipway.Agent.Stake;

namespace Slipway.Agent.Running;

/// <summary>What the kernel goes by: told anew whenever configuration, stake or own addresses are others, and until it took it.</summary>
internal sealed partial class AgentLoop
{
    private FilterPlan? _plan;
    private bool _planned;
    private DateTimeOffset? _beatAt;
    private IReadOnlyList<IPAddress> _addresses = [];

    /// <summary>True when the kernel was told something new.</summary>
    private bool Plan(bool changed)
    {
        // What cannot be listed just now stays as it was known: a node without addresses of its own would filter nothing.
        Try(() => _addresses = ownAddresses());
        var next = changed || _plan is null || !_plan.OwnAddresses.SequenceEqual(FilterPlan.OwnAddressesOf(_watch.Config, _addresses))
            ? FilterPlan.Of(_watch.Config, _stake?.Table ?? StakeTable.Empty, _addresses)
            : _plan;
        if (ReferenceEquals(next, _plan) && _planned)
        {
            return false;
        }

        _plan = next;
        _planned = false;
        Try(() =>
        {
            dataplane.Configure(next, _watch.Config);
            _beatAt = time.GetUtcNow();
            _planned = true;
        });
        return _planned;
    }

    /// <summary>After a change of what the kernel goes by.</summary>
    private void Settle()
    {
        if (_files.WriteTables(_plan!, _watch.Config.Status) is { } problem)
        {
            _problems.Add(problem);
        }

        // Thousands of peers leave megabytes behind, and hours may pass before the collector would give them back.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }

    private void Beat()
    {
        if (_planned)
        {
            dataplane.Beat();
            _beatAt = time.GetUtcNow();
        }
    }
}
