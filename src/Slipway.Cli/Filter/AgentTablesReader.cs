using System.Net;
using System.Numerics;
using Slipway.Xdp;
using Slipway.Xdp.Reference;
using Slipway.Xdp.Status;

namespace Slipway.Cli.Filter;

/// <summary>The tables that an agent wrote down, as the reference of the filter reads them.</summary>
internal static class AgentTablesReader
{
    /// <exception cref="FormatException">An address or port that is none.</exception>
    public static FilterTables Read(AgentTables tables, bool agentIsSilent)
    {
        var (peers, prefixes) = (new Dictionary<PacketAddress, PeerMeta>(), new List<PrefixRule>());
        foreach (var peer in tables.Peers)
        {
            var network = IPNetwork.Parse(peer.Network);
            var (address, meta) = (PacketAddress.From(network.BaseAddress), new PeerMeta(peer.Class, peer.Weight));
            if (network.PrefixLength == address.Width)
            {
                // The agent writes the operator's and the cluster's own first; whom they name stays theirs.
                peers.TryAdd(address, meta);
            }
            else
            {
                prefixes.Add(new PrefixRule(address, network.PrefixLength, meta));
            }
        }

        return new FilterTables
        {
            Mode = tables.Mode,
            Own = tables.OwnAddresses.Select(address => PacketAddress.From(IPAddress.Parse(address))).ToHashSet(),
            UdpRoles = Roles(tables, "udp"),
            TcpRoles = Roles(tables, "tcp"),
            Peers = peers,
            Prefixes = prefixes,
            ShredVersion = (ushort)tables.ShredVersion,
            Identity = tables.Identity is { } identity ? PublicKey(identity) : default,
            AgentIsSilent = agentIsSilent,
        };
    }

    /// <summary>Solana writes its 32-byte keys in Bitcoin's base58.</summary>
    private static byte[] PublicKey(string text)
    {
        const string alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
        var value = text.Aggregate(BigInteger.Zero, (sum, letter) => alphabet.IndexOf(letter, StringComparison.Ordinal) is >= 0 and var digit ? (sum * 58) + digit : throw new FormatException($"'{text}' is no key"));
        var bytes = value.ToByteArray(isUnsigned: true, isBigEndian: true);
        return text.Length <= 44 && bytes.Length <= 32 ? [.. new byte[32 - bytes.Length], .. bytes] : throw new FormatException($"'{text}' is no key");
    }

    private static Dictionary<ushort, PortRole> Roles(AgentTables tables, string protocol)
    {
        var roles = new Dictionary<ushort, PortRole>();
        foreach (var range in tables.Ports.Where(range => range.Protocol == protocol))
        {
            for (var port = Math.Max(range.First, 0); port <= Math.Min(range.Last, ushort.MaxValue); port++)
            {
                // Learnt ports come first, since the node knows best.
                roles.TryAdd((ushort)port, range.Role);
            }
        }

        return roles;
    }
}
