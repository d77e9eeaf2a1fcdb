using Slipway.Agent.Configuration;
using Slipway.Xdp.Attaching;
using Slipway.Xdp.Loading;
using Slipway.Xdp.Maps;
using Slipway.Xdp.Network;
using Slipway.Xdp.Status;

namespace Slipway.Agent.Filtering;

/// <summary>
/// The real kernel. A new process goes on with the pinned tables of the one before, tells them what it knows, and then swaps its
/// program for the one on the interfaces: packets are judged by the old one or by the new one.
/// </summary>
internal sealed class KernelDataplane(string objectPath, string pins) : IDataplane
{
    // Followed interfaces are looked at by another thread, between the rounds.
    private readonly Lock _gate = new();
    private readonly Nics _nics = new();
    private readonly Dictionary<uint, string> _names = [];
    private NodeFilter? _node;
    private NicKeeper? _keeper;
    private FollowPacer? _pacer;
    private PeerTableFill? _fill;
    private FilterPlan? _told;

    public TableStatus? Tables => _fill is null
        ? null
        : new TableStatus
        {
            Peers = _fill.Peers,
            Overflow = _fill.Overflow,
            Prefixes = _fill.Prefixes,
            Capacity = _fill.Capacity,
            Generation = (long)_fill.Generation,
            BucketPressure = _node?.Filter.BucketPressure(),
        };

    public void Configure(FilterPlan plan, AgentConfig config)
    {
        lock (_gate)
        {
            if (_node is null)
            {
                _node = NodeFilter.Open(pins, FilterObject.FromFile(objectPath), FilterSizes.Default, VariantsOf(config.Interfaces));
                _keeper = new NicKeeper(_node);
            }

            var filter = _node.Filter;
            filter.HeartbeatLimit = TimeSpan.FromMinutes(config.HeartbeatMinutes);
            filter.SampleEvery = (ulong)config.SampleOneIn;
            filter.Beat();
            filter.SetPolicy(PlannedPolicy.Of(plan, config));
            filter.SetPorts(PortRoles.Of(plan.Ports));
            if (_told is null || !_told.Peers.IsSameAs(plan.Peers))
            {
                _fill = filter.SetPeers(plan.Peers.ForTable());
            }

            // Last: until the tables are whole a new filter passes everything.
            filter.Mode = plan.Mode;
            _told = plan;
        }
    }

    public IReadOnlyList<InterfaceStatus> Attach(IReadOnlyList<InterfaceConfig> wishes, Action<string> problem)
    {
        lock (_gate)
        {
            var all = _nics.List();
            foreach (var nic in all)
            {
                _names[(uint)nic.Index] = nic.Name;
            }

            var wanted = InterfaceChoice.Of(wishes, all, problem);
            if (_keeper is null)
            {
                return [.. wanted.Select(entry => NicKeeper.Tell(entry.Nic, entry.Slot, null, "no program is loaded"))];
            }

            var statuses = _keeper.Keep(wanted, all, problem);
            if (_pacer is null && _keeper.Follows)
            {
                _pacer = new FollowPacer(LookAtFollowed);
            }

            return statuses;
        }
    }

    public void Beat() => _node?.Filter.Beat();

    public IReadOnlyList<CounterStatus> Counters() => _node is null
        ? []
        : [.. _node.Filter.Counters().Where(cell => cell.Packets > 0).Select(cell => new CounterStatus
        {
            Role = cell.Role,
            Group = cell.Group,
            Verdict = cell.Verdict,
            Reason = cell.Reason,
            Packets = cell.Packets,
            Bytes = cell.Bytes,
        })];

    public IReadOnlyList<(string Nic, DropSample Sample)> Samples(int most) => _node is null
        ? []
        : [.. _node.Filter.Samples(most).Select(sample => (_names.GetValueOrDefault(sample.Interface, $"#{sample.Interface}"), sample))];

    public void Detach()
    {
        // Else it would join again the slot that was just left.
        _pacer?.Dispose();
        _pacer = null;
        _node?.Detach();
    }

    public void Dispose()
    {
        _pacer?.Dispose();
        _node?.Dispose();
        _nics.Dispose();
    }

    private void LookAtFollowed(Nics _nics)
    {
        lock (_gate)
        {
            _keeper?.LookAtFollowed(_nics);
        }
    }

    /// <summary>What is needed at once; verifying a program takes longer than all the rest of a start.</summary>
    private static List<ProgramVariant> VariantsOf(IReadOnlyList<InterfaceConfig> wishes)
    {
        var variants = new List<ProgramVariant>();
        if (wishes.Count == 0 || wishes.Any(wish => wish.Slot == SlotPolicy.Own))
        {
            variants.Add(ProgramVariant.Frags);
        }

        if (wishes.Any(wish => wish.Slot == SlotPolicy.Tcx))
        {
            variants.Add(ProgramVariant.Tcx);
        }

        return variants;
    }
}
