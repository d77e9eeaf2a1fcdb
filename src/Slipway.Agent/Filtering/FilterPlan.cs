using System.Net;
using Slipway.Agent.Configuration;
using Slipway.Agent.Stake;
using Slipway.Xdp;
using Slipway.Xdp.Status;

namespace Slipway.Agent.Filtering;

/// <summary>
/// What the program shall go by: configuration, stake and own addresses made one. Pure, so that the same inputs always give the
/// same tables, and a plan can be written to tables.json, compared and tested without a kernel.
/// </summary>
internal sealed record FilterPlan
{
    /// <summary>A stakeholder with so much has the highest weight; half of it one less.</summary>
    private const ulong HeaviestSol = 1_000_000;

    private const int HighestWeight = 7;

    /// <summary>SLW_OWN_MAX of bpf/solana_xdp.h, of each family.</summary>
    private const int MostOwn = 8;

    public required FilterMode Mode { get; init; }

    public required IReadOnlyList<IPAddress> OwnAddresses { get; init; }

    public required ushort ShredVersion { get; init; }

    public required string? Identity { get; init; }

    /// <summary>Sorted, without overlaps of different roles; learnt ports first, since the node knows best.</summary>
    public required IReadOnlyList<PortStatus> Ports { get; init; }

    public required IReadOnlyList<LimitStatus> Limits { get; init; }

    public required PlannedPeers Peers { get; init; }

    public static FilterPlan Of(AgentConfig config, StakeTable stake, IReadOnlyList<IPAddress> interfaceAddresses)
    {
        var own = OwnAddressesOf(config, interfaceAddresses);
        return new FilterPlan
        {
            Mode = config.Mode,
            OwnAddresses = own,
            ShredVersion = stake.Own?.ShredVersion ?? 0,
            Identity = config.Stake?.Identity,
            Ports = PortsOf(config, stake.Own),
            Limits = LimitsOf(config.Limits, knowsNobody: stake.Stakes.Count == 0),
            Peers = PeersOf(config, stake, own),
        };
    }

    /// <summary>The node's addresses that packets are judged for: those of the configuration, else those of its interfaces; as many as the program knows.</summary>
    public static IReadOnlyList<IPAddress> OwnAddressesOf(AgentConfig config, IReadOnlyList<IPAddress> interfaceAddresses) =>
    [
        .. (config.OwnAddresses.Count > 0 ? config.OwnAddresses : interfaceAddresses)
            .Select(Addresses.Plain).Where(Addresses.IsSource).Distinct()
            .GroupBy(address => address.AddressFamily).SelectMany(family => family.Take(MostOwn)),
    ];

    /// <summary>0 to 7: each halving of the stake is a step down.</summary>
    public static int WeightOf(ulong lamports)
    {
        var weight = HighestWeight;
        for (var least = HeaviestSol * StakeJoin.LamportsPerSol; weight > 0 && lamports < least; least /= 2)
        {
            weight--;
        }

        return weight;
    }

    /// <summary>The role of a port; none when it is not guarded.</summary>
    public PortRole RoleOf(TransportProtocol protocol, int port)
    {
        var word = WordOf(protocol);
        return Ports.FirstOrDefault(range => range.Protocol == word && range.First <= port && port <= range.Last)?.Role ?? PortRole.None;
    }

    private static List<PortStatus> PortsOf(AgentConfig config, OwnContact? own)
    {
        var learnt = (config.LearnPorts ? own?.Ports ?? [] : [])
            .Where(port => !IsSafe(config, port.Protocol, port.Port))
            .Select(port => new PortStatus { Protocol = WordOf(port.Protocol), First = port.Port, Last = port.Port, Role = port.Role, Learnt = true });
        var configured = config.Ports
            .Select(port => new PortStatus { Protocol = WordOf(port.Ports.Protocol), First = port.Ports.First, Last = port.Ports.Last, Role = port.Role });
        return [.. learnt, .. configured];
    }

    private static bool IsSafe(AgentConfig config, TransportProtocol protocol, ushort port) =>
        ProtectedPorts.All.Concat(config.NeverDrop).Any(safe => safe.Overlaps(new PortRange(protocol, port, port)));

    private static List<LimitStatus> LimitsOf(LimitsConfig limits, bool knowsNobody)
    {
        var list = new List<LimitStatus>();
        foreach (var (_, role) in RoleWords.Words)
        {
            foreach (var (_, group) in LimitsConfig.Groups)
            {
                var (source, total) = limits.For(role, group);
                if (knowsNobody)
                {
                    (source, total) = (source?.WhileNobodyIsKnown ?? source, total?.WhileNobodyIsKnown ?? total);
                }

                list.Add(new LimitStatus
                {
                    Role = role,
                    Group = group,
                    SourceRate = source?.PacketsPerSecond,
                    SourceBurst = source?.Burst,
                    TotalRate = total?.PacketsPerSecond,
                    TotalBurst = total?.Burst,
                });
            }
        }

        return list;
    }

    private static PlannedPeers PeersOf(AgentConfig config, StakeTable stake, IReadOnlyList<IPAddress> own) => new(
    [
        .. Networks(config.Operators, PeerClass.Operator),
        .. Networks(config.ClusterNodes, PeerClass.Node),
        .. Networks([.. own.Select(address => new IPNetwork(address, address.GetAddressBytes().Length * 8))], PeerClass.Own),
        .. Networks(config.Banned, PeerClass.Banned),
        .. Networks(config.Known, PeerClass.Known),
    ], stake.Stakes);

    private static IEnumerable<(IPNetwork, PeerClass)> Networks(IReadOnlyList<IPNetwork> networks, PeerClass peerClass) =>
        networks.Select(network => (network, peerClass));

    private static string WordOf(TransportProtocol protocol) => protocol == TransportProtocol.Udp ? "udp" : "tcp";
}
