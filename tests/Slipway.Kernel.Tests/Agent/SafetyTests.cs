using System.Net;
using System.Net.Sockets;
using Slipway.Kernel.Tests.Machine;
using Slipway.Xdp;
using Slipway.Xdp.Interop;
using Slipway.Xdp.Maps;

namespace Slipway.Kernel.Tests.Agent;

/// <summary>What the filter must never do to its node, whatever it was told.</summary>
public sealed class SafetyTests : IDisposable
{
    private readonly VethPair _wire = new();
    private readonly AgentHome _home;

    public SafetyTests() => _home = new AgentHome(_wire.Node);

    [Fact]
    public void Observing_counts_what_would_be_dropped_and_drops_nothing()
    {
        _home.Configure(Wishes.Guard(mode: "observe", more: ", \"limits\": {\"unknown\": {\"source\": {\"packetsPerSecond\": 1, \"burst\": 1}}}"));
        using var agent = _home.StartUntil(status => AttachMatrixTests.Attached(status, "driver-frags"));
        using var banned = new UdpInbox(_wire, GuardedTraffic.Port, GuardedTraffic.Banned);
        banned.Send(200);
        Assert.Equal(200, banned.Receive(200));

        var status = _home.Until(status => RestartTests.Counted(status, Reason.Banned) == 200);
        Assert.All(status.Counters.Where(cell => cell.Reason == Reason.Banned), cell => Assert.Equal(Verdict.WouldDrop, cell.Verdict));
        Assert.DoesNotContain(status.Counters, cell => cell.Verdict is Verdict.Drop or Verdict.Exile);
    }

    [Fact]
    public void The_worst_configuration_locks_no_operator_out_and_guards_no_port_of_the_cluster()
    {
        // Everybody is banned, every port is guarded that may be, and nobody may send anything.
        _home.Configure($$"""
            "mode": "enforce", "interfaces": [{"name": "{{VethPair.NodeLink}}"}], "banned": ["0.0.0.0/0"], "operators": ["{{GuardedTraffic.Operator}}"],
            "ports": [{"ports": "1024-4239/udp", "role": "guarded"}, {"ports": "7000-8470/udp", "role": "guarded"}, {"ports": "1-2378/tcp", "role": "guarded"},
              {"ports": "2381-4239/tcp", "role": "guarded"}, {"ports": "7000-9999/tcp", "role": "rpc"}],
            "limits": {"unknown": {"source": {"packetsPerSecond": 1, "burst": 1}, "total": {"packetsPerSecond": 1, "burst": 1} } }
            """);
        using var agent = _home.StartUntil(status => AttachMatrixTests.Attached(status, "driver-frags"));
        using var friend = new UdpInbox(_wire, GuardedTraffic.Port, GuardedTraffic.Operator);
        using var enemy = new UdpInbox(_wire, GuardedTraffic.Port + 1, GuardedTraffic.Banned);

        friend.Send(500);
        enemy.Send(500);
        Assert.Equal(500, friend.Receive(500));
        _home.Until(status => RestartTests.Counted(status, Reason.Banned) == 500);
        Assert.Equal(0, enemy.Waiting);

        Assert.All([50000, 50001, 6443, 2379, 2380, 10250, 4240, 4244], port => Assert.True(Connects(GuardedTraffic.Banned, port), $"port {port} is cut off"));
        Assert.False(Connects(GuardedTraffic.Banned, 8899));
        Assert.True(Connects(GuardedTraffic.Operator, 8899));
    }

    [Fact]
    public void An_agent_that_was_silent_for_too_long_no_longer_limits_strangers_until_it_is_back()
    {
        _home.Configure(Wishes.Guard(more: ", \"heartbeatMinutes\": 1, \"limits\": {\"unknown\": {\"source\": {\"packetsPerSecond\": 1, \"burst\": 1}}}"));
        using var stranger = new UdpInbox(_wire, GuardedTraffic.Port, "10.77.0.9");
        using (var agent = _home.StartUntil(status => AttachMatrixTests.Attached(status, "driver-frags")))
        {
            stranger.Send(100);
            _home.Until(status => RestartTests.Counted(status, Reason.SourceLimit) >= 90);
            Assert.InRange(stranger.Waiting, 1, 10);
            agent.Kill();
        }

        // As if two minutes had passed.
        using (var map = Bpf.OpenPin(Path.Combine(_home.Pins, "tables-1", "data-config"))!)
        using (var config = new ConfigMap(map))
        {
            config.Heartbeat -= (ulong)(2 * 60 * KernelTicks.PerSecond);
        }

        stranger.Send(100);
        Assert.Equal(100, stranger.Receive(100));

        using var next = _home.StartUntil(status => AttachMatrixTests.Attached(status, "driver-frags") && !status.HeartbeatStale);
        stranger.Send(100);
        var status = _home.Until(status => RestartTests.Counted(status, Reason.SourceLimit) >= 280);
        Assert.InRange(stranger.Waiting, 0, 10);
        Assert.Contains(status.Counters, cell => cell is { Reason: Reason.SourceLimit, Verdict: Verdict.WouldDrop, Packets: >= 90 });
    }

    public void Dispose()
    {
        _home.Dispose();
        _wire.Dispose();
    }

    /// <summary>Whether a connection is made, from an address of the world to a port of the node.</summary>
    private bool Connects(string source, int port)
    {
        using var listener = _wire.Node.Inside(() => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp));
        listener.Bind(new IPEndPoint(IPAddress.Parse("10.77.0.1"), port));
        listener.Listen();
        using var client = _wire.World.Inside(() => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp));
        client.Bind(new IPEndPoint(IPAddress.Parse(source), 0));
        // Two SYNs are sent within this time.
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2.5));
        try
        {
            client.ConnectAsync(IPAddress.Parse("10.77.0.1"), port, patience.Token).AsTask().GetAwaiter().GetResult();
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
