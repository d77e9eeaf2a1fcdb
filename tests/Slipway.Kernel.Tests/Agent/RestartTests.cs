using Slipway.Kernel.Tests.Machine;
using Slipway.Xdp;
using Slipway.Xdp.Status;

namespace Slipway.Kernel.Tests.Agent;

/// <summary>Agents that are killed, restarted and upgraded while packets pass.</summary>
public sealed class RestartTests
{
    [Fact]
    public void Killed_and_restarted_agents_lose_no_packet_let_none_by_and_go_on_counting()
    {
        using var wire = new VethPair();
        using var home = new AgentHome(wire.Node);
        using var traffic = new GuardedTraffic(wire);
        home.Configure(Wishes.Guard());
        var agent = home.StartUntil(status => AttachMatrixTests.Attached(status, "driver-frags"));
        traffic.MustNotLeak();
        var leaked = traffic.Leaked;
        var before = 0ul;

        for (var life = 0; life < 4; life++)
        {
            traffic.Advance(500);
            var counted = Counted(home.Until(status => Counted(status, Reason.Banned) >= before + 100), Reason.Banned);
            Assert.True(counted > before);
            before = counted;
            if (life % 2 == 0)
            {
                agent.Kill();
            }
            else
            {
                Assert.Equal(0, agent.Stop());
            }

            traffic.Advance(200);
            agent = home.StartUntil(status => AttachMatrixTests.Attached(status, "driver-frags") && Counted(status, Reason.Banned) >= before);
        }

        traffic.MustNotLeak();
        Assert.Equal(leaked, traffic.Leaked);
        traffic.FinishWithoutLoss();
    }

    [Fact]
    public void An_agent_with_tables_of_another_shape_replaces_the_old_filter_without_a_gap()
    {
        using var wire = new VethPair();
        using var home = new AgentHome(wire.Node);
        using var traffic = new GuardedTraffic(wire);
        home.Configure(Wishes.Guard());
        OldFilter.Attach(wire, home.Pins);
        traffic.MustNotLeak();
        var leaked = traffic.Leaked;
        var before = wire.Nic.Program;

        using var agent = home.StartUntil(status => AttachMatrixTests.Attached(status, "driver-frags"));

        traffic.MustNotLeak();
        Assert.Equal(leaked, traffic.Leaked);
        traffic.FinishWithoutLoss();
        Assert.NotEqual(before, wire.Nic.Program);
        Assert.Equal(["tables-2"], Directory.EnumerateDirectories(home.Pins, "tables-*").Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("leave", "driver-frags")]
    [InlineData("detach", "none")]
    public void An_agent_that_is_ended_leaves_what_the_configuration_says(string onExit, string attach)
    {
        using var wire = new VethPair();
        using var home = new AgentHome(wire.Node);
        home.Configure(Wishes.Guard(more: $", \"onExit\": \"{onExit}\""));
        using var agent = home.StartUntil(status => AttachMatrixTests.Attached(status, "driver-frags"));

        Assert.Equal(0, agent.Stop());

        AttachMatrixTests.AssertKernel(wire, attach);
        Assert.Equal(onExit == "leave", Directory.EnumerateFiles(home.Pins, "*", SearchOption.AllDirectories).Any());
    }

    internal static ulong Counted(AgentStatus status, Reason reason) =>
        status.Counters.Where(cell => cell.Reason == reason).Aggregate(0ul, (sum, cell) => sum + cell.Packets);
}
