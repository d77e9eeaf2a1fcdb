using System.Net;
using Slipway.Agent.Configuration;
using Slipway.Xdp;
using Slipway.Xdp.Attaching;
using Slipway.Xdp.Failures;
using Slipway.Xdp.Loading;
using Slipway.Xdp.Maps;
using Slipway.Xdp.Network;
using Slipway.Xdp.Status;
using DropSample = Slipway.Agent.Audit.DropSample;
using PortRoles = Slipway.Xdp.Maps.PortRoles;
using SlotPolicy = Slipway.Agent.Configuration.SlotPolicy;

namespace Slipway.Agent.Filtering;

/// <summary>
/// The real kernel. A new process loads a filter of its own, tells it everything, and then exchanges it for the one on the interfaces:
/// packets are judged by the old one or by the new one. Counters begin anew with a process, which Prometheus knows how to read.
/// </summary>
internal sealed class KernelDataplane(string objectPath, string pins) : IDataplane
{
    private readonly FilterLinks links = new(pins);
    private readonly Nics nics = new();
    private readonly Dictionary<int, (string Slot, AttachOutcome Outcome)> attached = [];
    private readonly Dictionary<uint, string> names = [];
    private XdpFilter? filter;
    private PeerTableFill? fill;
    private FilterPlan? told;

    public TableStatus? Tables => fill is null
        ? null
        : new TableStatus { Peers = fill.Peers, Overflow = fill.Overflow, Prefixes = fill.Prefixes, Capacity = fill.Capacity, Generation = (long)fill.Generation };

    public void Configure(FilterPlan plan, AgentConfig config)
    {
        filter ??= XdpFilter.Load(FilterObject.FromFile(objectPath), FilterLinks.Variants, FilterSizes.Default);
        filter.HeartbeatLimit = TimeSpan.FromMinutes(config.HeartbeatMinutes);
        filter.SampleEvery = (ulong)config.SampleOneIn;
        filter.Beat();
        filter.SetPolicy(PolicyOf(plan, config));
        filter.SetPorts(RolesOf(plan));
        if (told is null || !told.Peers.SequenceEqual(plan.Peers))
        {
            fill = filter.SetPeers(plan.Peers.Select(peer => new Peer(IPNetwork.Parse(peer.Network), peer.Class, peer.Weight)));
        }

        // Last: until the tables are whole the program passes everything.
        filter.Mode = plan.Mode;
        told = plan;
    }

    public IReadOnlyList<InterfaceStatus> Attach(IReadOnlyList<InterfaceConfig> wishes, Action<string> problem)
    {
        var all = nics.List();
        var wanted = InterfaceChoice.Of(wishes, all, problem);
        foreach (var nic in all)
        {
            names[(uint)nic.Index] = nic.Name;
        }

        foreach (var gone in attached.Keys.Except(wanted.Select(entry => entry.Nic.Index)).ToList())
        {
            attached.Remove(gone);
            if (all.FirstOrDefault(nic => nic.Index == gone) is { } unwanted)
            {
                links.Detach(unwanted);
            }
        }

        return [.. wanted.Select(entry => One(entry.Nic, entry.Slot, problem))];
    }

    public void Beat() => filter?.Beat();

    public IReadOnlyList<CounterStatus> Counters() => filter is null
        ? []
        : [.. filter.Counters().Where(cell => cell.Packets > 0).Select(cell => new CounterStatus
        {
            Role = cell.Role,
            Group = cell.Group,
            Verdict = cell.Verdict,
            Reason = cell.Reason,
            Packets = cell.Packets,
            Bytes = cell.Bytes,
        })];

    public IReadOnlyList<DropSample> Samples(int most) => filter is null
        ? []
        : [.. filter.Samples(most).Select(sample => new DropSample
        {
            Interface = names.GetValueOrDefault(sample.Interface, $"#{sample.Interface}"),
            Verdict = sample.Verdict,
            Role = sample.Role,
            Class = sample.Class,
            Reason = sample.Reason,
            Source = sample.Source,
            Destination = sample.Destination,
            SourcePort = sample.SourcePort,
            DestinationPort = sample.DestinationPort,
            Protocol = sample.Protocol,
            Length = sample.Length,
            Frame = sample.Frame,
        })];

    public void Detach() => links.DetachAll();

    public void Dispose()
    {
        filter?.Dispose();
        nics.Dispose();
    }

    private InterfaceStatus One(Nic nic, SlotPolicy slot, Action<string> problem)
    {
        var word = slot.ToString().ToLowerInvariant();
        AttachOutcome outcome;
        try
        {
            outcome = Reach(nic, slot, word);
        }
        catch (Exception failure) when (failure is XdpException or IOException or UnauthorizedAccessException)
        {
            attached.Remove(nic.Index);
            problem($"{nic.Name}: {failure.Message}");
            outcome = new AttachOutcome("none", "", failure.Message);
        }

        var traffic = nic.Traffic;
        return new InterfaceStatus
        {
            Name = nic.Name,
            Index = nic.Index,
            Mac = nic.Mac,
            Driver = nic.Driver,
            Mtu = nic.Mtu,
            Up = nic.Up,
            Slot = word,
            Attach = outcome.Attach,
            Owner = outcome.Owner,
            Why = outcome.Why,
            RxPackets = traffic.RxPackets,
            RxBytes = traffic.RxBytes,
            TxPackets = traffic.TxPackets,
            TxBytes = traffic.TxBytes,
            RxErrors = traffic.RxErrors + traffic.RxDropped + traffic.RxMissed,
            TxErrors = traffic.TxErrors + traffic.TxDropped,
        };
    }

    private AttachOutcome Reach(Nic nic, SlotPolicy slot, string word)
    {
        if (slot == SlotPolicy.Off || filter is null)
        {
            links.Detach(nic);
            attached.Remove(nic.Index);
            return new AttachOutcome("none", "", slot == SlotPolicy.Off ? "the configuration says off" : "no program is loaded");
        }

        if (attached.TryGetValue(nic.Index, out var known) && known.Slot == word && links.IsAttached(filter, nic))
        {
            return known.Outcome;
        }

        var outcome = links.Attach(filter, nic, takeSlot: slot == SlotPolicy.Own);
        if (slot == SlotPolicy.Follow)
        {
            outcome = outcome with { Why = "this agent does not splice into another owner's link: it stands at the head of tcx, behind the owner's XDP program" };
        }

        attached[nic.Index] = (word, outcome);
        return outcome;
    }

    private static FilterPolicy PolicyOf(FilterPlan plan, AgentConfig config) => new()
    {
        OwnAddresses = plan.OwnAddresses,
        ShredVersion = plan.ShredVersion,
        Identity = plan.Identity is { } identity && Base58.TryDecode32(identity, out var key) ? key : default,
        Limits = plan.Limits.ToDictionary(
            limit => (limit.Role, limit.Group),
            limit => new RoleLimits(Bucket(limit.SourceRate, limit.SourceBurst), Bucket(limit.TotalRate, limit.TotalBurst))),
        MarkMetadata = config.Marks.Metadata,
        MarkDscp = config.Marks.Dscp.Count == 0 ? null : config.Marks.Dscp.ToDictionary(entry => entry.Key, entry => (byte)entry.Value),
        ExileCpus = config.Exile?.Cpus ?? [],
    };

    private static BucketLimit Bucket(int? rate, int? burst) => rate is { } packets ? BucketLimit.Of(packets, burst ?? packets) : BucketLimit.None;

    private static PortRoles RolesOf(FilterPlan plan)
    {
        var (udp, tcp) = (new Dictionary<ushort, PortRole>(), new Dictionary<ushort, PortRole>());
        foreach (var range in plan.Ports)
        {
            for (var port = range.First; port <= range.Last; port++)
            {
                // Learnt ports come first and stay.
                (range.Protocol == "udp" ? udp : tcp).TryAdd((ushort)port, range.Role);
            }
        }

        return new PortRoles { Udp = udp, Tcp = tcp };
    }
}
