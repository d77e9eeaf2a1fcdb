using System.Globalization;
using Slipway.Kernel.Tests.Machine;

namespace Slipway.Kernel.Tests.Agent;

/// <summary>The agent killed before each step of taking in another configuration, while packets pass.</summary>
public sealed class KilledReloadTests
{
    [Fact]
    public void An_agent_that_is_killed_while_it_takes_in_another_configuration_harms_no_packet()
    {
        using var wire = new VethPair();
        using var home = new AgentHome(wire.Node);
        using var traffic = new GuardedTraffic(wire);
        home.Configure(Wishes.Guard());
        home.StartUntil(status => AttachMatrixTests.Attached(status, "driver-frags")).Kill();
        traffic.MustNotLeak();
        var leaked = traffic.Leaked;

        var kills = 0;
        for (var isReloaded = false; !isReloaded; kills++)
        {
            home.Configure(Wishes.Guard(more: Others(kills)));
            using var agent = home.StartUntil(status => AttachMatrixTests.Attached(status, "driver-frags"));
            using var killer = new AgentProcess(wire.Node, [.. Strace.KillAt(kills + 1), "-p", agent.Id.ToString(CultureInfo.InvariantCulture)]);
            home.UntilSeen(() => killer.Said.Contains("attached", StringComparison.Ordinal));
            home.Configure(Wishes.Guard(more: Others(kills + 1)));
            agent.WaitForEnd();
            // It was in force in all its parts when the status said so: the kill came later.
            isReloaded = home.Status()!.Config.Generation > 1;
        }

        Assert.True(kills > 10, $"killed only {kills} times");
        using var last = home.StartUntil(status => AttachMatrixTests.Attached(status, "driver-frags"));
        traffic.MustNotLeak();
        Assert.Equal(leaked, traffic.Leaked);
        traffic.FinishWithoutLoss();
    }

    /// <summary>Rules and limits that differ from one configuration to the next, so that every table is written.</summary>
    private static string Others(int number)
    {
        var networks = Enumerable.Range(0, 4).Select(network => $"\"198.51.{(number % 100 * 2) + (network / 2)}.{network % 2 * 128}/25\"");
        return $", \"known\": [{string.Join(", ", networks)}], \"heartbeatMinutes\": {number % 10 + 1}";
    }
}
