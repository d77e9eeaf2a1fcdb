using System.Net;
using Slipway.Agent.Configuration;
using Slipway.Agent.Filtering;
using Slipway.Agent.Stake;
using Slipway.Xdp;

namespace Slipway.Tests.Agent.Filtering;

public sealed class FilterPlanTests
{
    private const ulong Sol = StakeJoin.LamportsPerSol;

    [Theory]
    [InlineData(0ul, 0)]
    [InlineData(7_812ul, 0)]
    [InlineData(15_625ul, 1)]
    [InlineData(499_999ul, 5)]
    [InlineData(500_000ul, 6)]
    [InlineData(1_000_000ul, 7)]
    [InlineData(18_000_000_000ul, 7)]
    public void Weight_doubles_with_stake(ulong sol, int weight) => Assert.Equal(weight, FilterPlan.WeightOf(sol * Sol));

    [Fact]
    public void Learnt_roles_win_over_configured_ones_but_never_reach_a_protected_port()
    {
        var own = new OwnContact(50093, [new LearntPort(TransportProtocol.Udp, 8001, PortRole.Tvu), new LearntPort(TransportProtocol.Tcp, 6443, PortRole.Rpc)]);

        var plan = FilterPlan.Of(AgentConfig.Default, StakeTable.Empty with { Own = own }, []);

        Assert.Equal(PortRole.Tvu, plan.RoleOf(TransportProtocol.Udp, 8001));
        Assert.Equal(PortRole.Guarded, plan.RoleOf(TransportProtocol.Udp, 8002));
        Assert.Equal(PortRole.Rpc, plan.RoleOf(TransportProtocol.Tcp, 8899));
        Assert.Equal(PortRole.None, plan.RoleOf(TransportProtocol.Tcp, 6443));
        Assert.Equal(50093, plan.ShredVersion);
        Assert.Equal(PortRole.Guarded, FilterPlan.Of(AgentConfig.Default with { LearnPorts = false }, StakeTable.Empty with { Own = own }, []).RoleOf(TransportProtocol.Udp, 8001));
    }

    [Fact]
    public void Everyone_who_is_known_is_a_peer_once_for_each_reason()
    {
        var config = AgentConfig.Default with { Operators = [IPNetwork.Parse("198.51.100.0/24")], Banned = [IPNetwork.Parse("203.0.113.0/24")] };
        var stake = StakeTable.Empty with { Stakes = [StakedAddress.Of(IPAddress.Parse("192.0.2.1"), 1_000_000 * Sol), StakedAddress.Of(IPAddress.Parse("192.0.2.2"), 0)] };

        var plan = FilterPlan.Of(config, stake, [IPAddress.Parse("192.0.2.9"), IPAddress.Parse("127.0.0.1"), IPAddress.Parse("::ffff:192.0.2.9")]);

        Assert.Equal(
        [
            ("198.51.100.0/24", PeerClass.Operator, 0), ("192.0.2.9/32", PeerClass.Own, 0), ("203.0.113.0/24", PeerClass.Banned, 0),
            ("192.0.2.1/32", PeerClass.Staked, 7), ("192.0.2.2/32", PeerClass.Known, 0),
        ],
        plan.Peers.Select(peer => (peer.Network, peer.Class, peer.Weight)));
        Assert.Equal([IPAddress.Parse("192.0.2.9")], plan.OwnAddresses);
    }

    [Fact]
    public void The_same_peers_are_the_same_table_wherever_they_were_read_and_another_stake_is_another()
    {
        Assert.True(PeersOf(4, 7).IsSameAs(PeersOf(4, 7)));
        Assert.False(PeersOf(4, 7).IsSameAs(PeersOf(5, 7)));
        Assert.False(PeersOf(4, 7).IsSameAs(PeersOf(4)));
        Assert.False(PeersOf(4).IsSameAs(FilterPlan.Of(AgentConfig.Default with { Known = [IPNetwork.Parse("198.51.100.0/24")] }, TableOf(4), []).Peers));
    }

    [Theory]
    [InlineData("192.0.2.1")]
    [InlineData("255.255.255.255")]
    [InlineData("2001:db8::6")]
    [InlineData("::1")]
    [InlineData("ff00:ffff:ffff:ffff:ffff:ffff:ffff:ffff")]
    public void An_address_of_the_table_is_the_one_that_was_put_into_it(string text) =>
        Assert.Equal(text, StakedAddress.Of(IPAddress.Parse(text), 1).Address.ToString());

    [Fact]
    public void Configured_own_addresses_replace_the_interfaces()
    {
        var config = AgentConfig.Default with { OwnAddresses = [IPAddress.Parse("192.0.2.50")] };

        Assert.Equal([IPAddress.Parse("192.0.2.50")], FilterPlan.Of(config, StakeTable.Empty, [IPAddress.Parse("192.0.2.9")]).OwnAddresses);
    }

    /// <summary>Without a stake source the whole cluster is strangers, turbine's thousands of shreds a second too.</summary>
    [Fact]
    public void Strangers_are_limited_less_by_default_while_nobody_is_known_and_always_as_the_configuration_says()
    {
        var configured = new LimitsConfig { Unknown = new GroupLimits(new RateLimit(10, 30), new RateLimit(50, 60)) };

        Assert.Equal((2_000, 20_000), RatesOf(new LimitsConfig(), StakeTable.Empty));
        Assert.Equal((200, 3_000), RatesOf(new LimitsConfig(), TableOf(0)));
        Assert.Equal((10, 50), RatesOf(configured, StakeTable.Empty));
        Assert.Equal((10, 50), RatesOf(configured, TableOf(4)));
    }

    private static (int? Source, int? Total) RatesOf(LimitsConfig limits, StakeTable stake)
    {
        var limit = FilterPlan.Of(AgentConfig.Default with { Limits = limits }, stake, []).Limits.Single(limit => limit is { Role: PortRole.Tvu, Group: PeerGroup.Unknown });
        return (limit.SourceRate, limit.TotalRate);
    }

    private static PlannedPeers PeersOf(params IEnumerable<ulong> stakes) => FilterPlan.Of(AgentConfig.Default, TableOf([.. stakes]), []).Peers;

    private static StakeTable TableOf(params IReadOnlyList<ulong> stakes) =>
        StakeTable.Empty with { Stakes = [.. stakes.Select((stake, index) => StakedAddress.Of(new IPAddress([192, 0, 2, (byte)index]), stake))] };
}
