using System.Globalization;
using System.Net;
using Slipway.Agent.Configuration;
using Slipway.Xdp;

namespace Slipway.Agent.Stake;

/// <summary>
/// Joins vote accounts (who has stake) to gossip (who is where) by the node's identity. Several vote accounts of one node, and several
/// nodes at one address, add up. Entries that make no sense are passed over; too many of them, and the answer is refused.
/// </summary>
internal sealed class StakeJoin(string? identity, long minimumSol)
{
    /// <summary>The cluster has some 6,000; the filter's table takes 100,000.</summary>
    public const int MostEntries = 100_000;

    public const ulong LamportsPerSol = 1_000_000_000;

    /// <summary>In the order that the constructor of a record gets them.</summary>
    public static readonly IReadOnlyList<string> VoteFields = ["nodePubkey", "activatedStake"];

    public static readonly IReadOnlyList<string> NodeFields =
        ["pubkey", "gossip", "tvu", "tpu", "tpuForwards", "tpuQuic", "tpuForwardsQuic", "tpuVote", "serveRepair", "rpc", "pubsub", "shredVersion"];

    private static readonly (string Field, TransportProtocol Protocol, PortRole Role)[] s_sockets =
    [
        ("gossip", TransportProtocol.Udp, PortRole.Gossip),
        ("tvu", TransportProtocol.Udp, PortRole.Tvu),
        ("tpu", TransportProtocol.Udp, PortRole.Tpu),
        ("tpuForwards", TransportProtocol.Udp, PortRole.Tpu),
        ("tpuQuic", TransportProtocol.Udp, PortRole.TpuQuic),
        ("tpuForwardsQuic", TransportProtocol.Udp, PortRole.TpuQuic),
        ("tpuVote", TransportProtocol.Udp, PortRole.Vote),
        ("serveRepair", TransportProtocol.Udp, PortRole.ServeRepair),
        ("rpc", TransportProtocol.Tcp, PortRole.Rpc),
        ("pubsub", TransportProtocol.Tcp, PortRole.Rpc),
    ];

    private readonly Dictionary<string, ulong> _stakes = new(StringComparer.Ordinal);
    private readonly Dictionary<IPAddress, ulong> _lamports = [];
    private int _entries;
    private int _odd;
    private OwnContact? _own;

    public void Vote(IReadOnlyList<string?> fields)
    {
        _entries++;
        if (fields[0] is { } node && IsKey(node) && ulong.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out var stake))
        {
            _stakes[node] = Sum(_stakes.GetValueOrDefault(node), stake);
            return;
        }

        _odd++;
    }

    /// <summary>All votes come before the first node.</summary>
    public void Node(IReadOnlyList<string?> fields)
    {
        _entries++;
        if (fields[0] is not { } node || !IsKey(node))
        {
            _odd++;
            return;
        }

        if (node == identity)
        {
            _own = Contact(fields);
        }

        // Gossip and TVU are where a node sends from; they are one address, save for a node behind odd routing.
        var stake = _stakes.Remove(node, out var held) ? held : 0;
        var places = new[] { fields[1], fields[2] }.Select(AddressOf).OfType<IPAddress>().Distinct().ToList();
        foreach (var address in places)
        {
            _lamports[address] = Sum(_lamports.GetValueOrDefault(address), stake);
        }

        // An entry without any address is a node that hides, not an error.
        _odd += places.Count == 0 && (fields[1] ?? fields[2]) is not null ? 1 : 0;
    }

    /// <exception cref="StakeException">More nonsense than a tenth, or nobody with stake at all.</exception>
    public StakeTable Table(DateTimeOffset takenAt, string source)
    {
        if (_odd * 10 > _entries)
        {
            throw new StakeException($"{_odd} of the answer's {_entries} entries make no sense");
        }

        var least = (ulong)minimumSol * LamportsPerSol;
        var table = new StakeTable
        {
            TakenAt = takenAt,
            Source = source,
            Stakes = StakeTable.Sorted(_lamports.Select(entry => StakedAddress.Of(entry.Key, entry.Value >= least ? entry.Value : 0))),
            Own = _own,
            Odd = _odd,
        };
        return table.Staked > 0 ? table : throw new StakeException("nobody in the answer has both stake and an address: has that RPC caught up?");
    }

    private static OwnContact Contact(IReadOnlyList<string?> fields)
    {
        var ports = s_sockets
            .Select(socket => (socket.Protocol, Port: PortOf(fields[IndexOf(socket.Field)]), socket.Role))
            .Where(port => port.Port > 0)
            .DistinctBy(port => (port.Protocol, port.Port))
            .Select(port => new LearntPort(port.Protocol, port.Port, port.Role))
            .ToList();
        return new OwnContact(ushort.TryParse(fields[IndexOf("shredVersion")], NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : (ushort)0, ports);
    }

    private static int IndexOf(string field) => NodeFields.Index().First(entry => entry.Item == field).Index;

    private static bool IsKey(string text) => text.Length is >= 32 and <= 44 && text.All(char.IsAsciiLetterOrDigit);

    private static IPAddress? AddressOf(string? socket)
    {
        if (socket is null || !IPEndPoint.TryParse(socket, out var endPoint))
        {
            return null;
        }

        var address = Addresses.Plain(endPoint.Address);
        return Addresses.IsSource(address) ? address : null;
    }

    private static ushort PortOf(string? socket) => socket is not null && IPEndPoint.TryParse(socket, out var endPoint) ? (ushort)endPoint.Port : (ushort)0;

    /// <summary>Sums that a lie makes overflow stay at the largest number instead of becoming small ones.</summary>
    private static ulong Sum(ulong one, ulong other) => one > ulong.MaxValue - other ? ulong.MaxValue : one + other;
}
