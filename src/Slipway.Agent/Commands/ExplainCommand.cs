using System.Globalization;
using System.Net;
using System.Text.Json;
using Slipway.Agent.Configuration;
using Slipway.Agent.Metrics;
using Slipway.Xdp;
using Slipway.Xdp.Maps;
using Slipway.Xdp.Reference;
using Slipway.Xdp.Status;

namespace Slipway.Agent.Commands;

/// <summary>What becomes of a frame by the tables in force, step by step, by the slow reference of the program's rules; limits apart.</summary>
internal static class ExplainCommand
{
    private const int LongestFrame = 65_535;

    public static int Run(Arguments arguments, TextWriter output, TextWriter errors)
    {
        if (arguments.Words is not [var packet])
        {
            errors.WriteLine("xdp-agent: explain needs one packet: a frame from its destination MAC on, as hex digits");
            return 2;
        }

        var digits = string.Concat(packet.Where(letter => !char.IsWhiteSpace(letter) && letter != ':'));
        if (digits.Length % 2 != 0 || digits.Length > 2 * LongestFrame || !digits.All(char.IsAsciiHexDigit))
        {
            errors.WriteLine("xdp-agent: the packet is not an even number of hex digits");
            return 2;
        }

        var path = Path.Combine(arguments.StatusFolder, "tables.json");
        if (StatusJson.ReadTables(File.ReadAllBytes(path)) is not { } tables)
        {
            errors.WriteLine($"xdp-agent: {path} is no table of this agent's kind");
            return 1;
        }

        var (judgement, steps) = new ReferenceFilter(TablesOf(tables)).Explain(Convert.FromHexString(digits));
        if (arguments.Json)
        {
            WriteJson(judgement, steps, output);
            return 0;
        }

        foreach (var step in steps)
        {
            var at = step.Offset is { } offset ? offset.ToString(CultureInfo.InvariantCulture) : "";
            output.WriteLine($"{at,6}  {(step.Holds ? "ok " : "NO ")} {step.Field}: {step.Found}{(step.Expected.Length > 0 ? $" (expected {step.Expected})" : "")}");
        }

        output.WriteLine(judgement.ToString());
        return 0;
    }

    public static FilterTables TablesOf(AgentTables tables)
    {
        var roles = PortRoles.Of(tables.Ports);
        var networks = tables.Peers.Select(peer => (Network: IPNetwork.Parse(peer.Network), Meta: new PeerMeta(peer.Class, peer.Weight))).ToList();
        var singles = networks.Where(peer => IsSingle(peer.Network)).OrderBy(peer => peer.Meta.Class);
        var peers = new Dictionary<PacketAddress, PeerMeta>();
        foreach (var (network, meta) in singles)
        {
            // Classes are numbered by strength from known to node, but for banned and own, which beat stake and lose to friends.
            var shelter = networks.Where(rule => !IsSingle(rule.Network) && rule.Meta.Class is PeerClass.Operator or PeerClass.Node && rule.Network.Contains(network.BaseAddress)).Select(rule => rule.Meta).FirstOrDefault();
            peers[PacketAddress.From(network.BaseAddress)] = shelter.Class != PeerClass.Unknown && meta.Class is not (PeerClass.Operator or PeerClass.Node) ? shelter : meta;
        }

        return new FilterTables
        {
            Mode = tables.Mode,
            Own = tables.OwnAddresses.Select(IPAddress.Parse).Select(PacketAddress.From).ToHashSet(),
            UdpRoles = roles.Udp,
            TcpRoles = roles.Tcp,
            Peers = peers,
            Prefixes = [.. networks.Where(peer => !IsSingle(peer.Network)).Select(peer => new PrefixRule(PacketAddress.From(peer.Network.BaseAddress), peer.Network.PrefixLength, peer.Meta))],
            ShredVersion = (ushort)tables.ShredVersion,
            Identity = tables.Identity is { } identity && Base58.TryDecode32(identity, out var key) ? key : default(ReadOnlyMemory<byte>),
        };
    }

    private static bool IsSingle(IPNetwork network) => network.PrefixLength == network.BaseAddress.GetAddressBytes().Length * 8;

    private static void WriteJson(Judgement judgement, IReadOnlyList<ExplainStep> steps, TextWriter output)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            json.WriteString("verdict", Words.Of(judgement.Verdict));
            json.WriteString("reason", judgement.Reason is { } reason ? Words.Of(reason) : "off");
            json.WriteString("role", Words.Of(judgement.Role));
            json.WriteString("class", Words.Of(judgement.Class));
            json.WriteStartArray("steps");
            foreach (var step in steps)
            {
                json.WriteStartObject();
                if (step.Offset is { } offset)
                {
                    json.WriteNumber("offset", offset);
                }

                json.WriteString("field", step.Field);
                json.WriteString("found", step.Found);
                json.WriteString("expected", step.Expected);
                json.WriteBoolean("holds", step.Holds);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        output.WriteLine(System.Text.Encoding.UTF8.GetString(text.ToArray()));
    }
}
