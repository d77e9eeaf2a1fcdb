using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Slipway.Kernel.Tests.Machine;
using Slipway.Xdp;

namespace Slipway.Kernel.Tests.Agent;

/// <summary>What a live agent tells: commands on the node, metrics, the audit log, and a very large cluster.</summary>
public sealed class TellingTests : IDisposable
{
    private readonly VethPair _wire = new();
    private readonly AgentHome _home;

    public TellingTests() => _home = new AgentHome(_wire.Node);

    [Fact]
    public void The_commands_tell_what_the_live_agent_does()
    {
        _home.Configure(Wishes.Guard());
        using var agent = _home.StartUntil(status => AttachMatrixTests.Attached(status, "driver-frags"));
        using var banned = new UdpInbox(_wire, GuardedTraffic.Port, GuardedTraffic.Banned);
        banned.Send(50);
        _home.Until(status => RestartTests.Counted(status, Reason.Banned) == 50);

        var status = _home.Command("status");
        Assert.Equal(0, status.Code);
        Assert.Contains("mode        enforce", status.Output, StringComparison.Ordinal);
        Assert.Contains("interface   eth0: driver-frags; veth, MTU 1500", status.Output, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^ +50 +\d+  drop +banned +guarded +special", _home.Command("counters").Output);
        var frame = Convert.ToHexString(Frames.Udp(IPAddress.Parse(GuardedTraffic.Banned), IPAddress.Parse("10.77.0.1"), 5000, GuardedTraffic.Port, [1, 2, 3]));
        Assert.Contains("Banned", _home.Command("explain", frame).Output, StringComparison.OrdinalIgnoreCase);
        Assert.Equal((0, $"{_home.Config}: well, mode enforce\n"), (_home.Command("check").Code, _home.Command("check").Output));
        Assert.Contains("the kernel verified frags, plain, frags-untyped, plain-untyped, tcx", _home.Command("test").Output, StringComparison.Ordinal);

        var refused = _home.Command("detach");
        Assert.Equal(1, refused.Code);
        Assert.Contains("an agent is running", refused.Errors, StringComparison.Ordinal);
        AttachMatrixTests.AssertKernel(_wire, "driver-frags");
        agent.Kill();
        var detached = _home.Command("detach");
        Assert.Equal((0, "detached\n"), (detached.Code, detached.Output));
        AttachMatrixTests.AssertKernel(_wire, "none");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Metrics_over_the_real_socket_are_such_as_prometheus_takes(bool unix)
    {
        var socket = _home.PathOf("metrics.sock");
        _home.Configure(Wishes.Guard(), unix ? $"{{\"socket\": \"{socket}\"}}" : "{\"listen\": \"127.0.0.1:9810\"}");
        using var agent = _home.StartUntil(status => AttachMatrixTests.Attached(status, "driver-frags"));
        using var banned = new UdpInbox(_wire, GuardedTraffic.Port, GuardedTraffic.Banned);
        banned.Send(50);
        _home.Until(status => RestartTests.Counted(status, Reason.Banned) == 50);

        var text = Scrape(unix ? new UnixDomainSocketEndPoint(socket) : IPEndPoint.Parse("127.0.0.1:9810"));

        Assert.Matches("(?m)^slipway_xdp_packets_total\\{.*reason=\"banned\".*\\} 50$", text);
        using var promtool = Process.Start(new ProcessStartInfo("promtool", ["check", "metrics"]) { RedirectStandardInput = true, RedirectStandardError = true, RedirectStandardOutput = true })!;
        promtool.StandardInput.Write(text);
        promtool.StandardInput.Close();
        var said = promtool.StandardOutput.ReadToEnd() + promtool.StandardError.ReadToEnd();
        promtool.WaitForExit();
        Assert.True(promtool.ExitCode == 0, said);
    }

    [Fact]
    public void Sampled_drops_are_audit_lines_and_a_flood_is_told_with_few()
    {
        var log = _home.PathOf("audit.jsonl");
        _home.Configure(Wishes.Guard(more: $", \"sampleOneIn\": 1, \"audit\": {{\"path\": \"{log}\", \"linesPerSecond\": 5}}"));
        using var agent = _home.StartUntil(status => AttachMatrixTests.Attached(status, "driver-frags"));
        using var banned = new UdpInbox(_wire, GuardedTraffic.Port, GuardedTraffic.Banned);

        banned.Send(400);
        var status = _home.Until(status => status.Audit is { Suppressed: > 0 } audit && audit.Written + audit.Suppressed == 400);

        var lines = File.ReadAllLines(log);
        Assert.Equal(status.Audit!.Written, lines.Length);
        Assert.InRange(lines.Length, 1, 100);
        Assert.All(lines.Select(line => JsonDocument.Parse(line).RootElement), line => Assert.Equal(
            ("eth0", "banned", GuardedTraffic.Banned, GuardedTraffic.Port),
            (line.GetProperty("interface").GetString(), line.GetProperty("reason").GetString(), line.GetProperty("source").GetString(), line.GetProperty("destinationPort").GetInt32())));
    }

    [Theory]
    [InlineData(100_000, true)]
    [InlineData(100_001, false)]
    public void A_cluster_of_100_000_entries_is_taken_and_a_larger_answer_refused_while_the_filter_stands(int nodes, bool taken)
    {
        var file = _home.PathOf("stake.json");
        StakeFile.Write(file, nodes);
        _home.Configure(Wishes.Guard(more: $", \"stake\": {{\"file\": \"{file}\", \"cache\": \"{_home.PathOf("cache.json")}\"}}"));
        using var agent = _home.StartUntil(status => AttachMatrixTests.Attached(status, "driver-frags") && status.Stake is { } stake && stake.Refreshes + stake.Failures > 0);

        if (taken)
        {
            // Beside them the operator, the banned one and the node itself.
            _home.Until(status => status.Stake!.Staked == nodes && status.Tables!.Peers == nodes + 3);
            agent.Kill();
            using var next = _home.StartUntil(status => AttachMatrixTests.Attached(status, "driver-frags") && status.Tables!.Peers == nodes + 3);
        }
        else
        {
            var status = _home.Until(status => status.Problems.Any(problem => problem.StartsWith("stake: ", StringComparison.Ordinal)));
            Assert.Equal(3, status.Tables!.Peers);
        }
    }

    public void Dispose()
    {
        _home.Dispose();
        _wire.Dispose();
    }

    private string Scrape(EndPoint at)
    {
        using var client = _wire.Node.Inside(() => new Socket(at.AddressFamily, SocketType.Stream, ProtocolType.Unspecified));
        client.Connect(at);
        client.Send("GET /metrics HTTP/1.1\r\nHost: node\r\nConnection: close\r\n\r\n"u8);
        using var reader = new StreamReader(new NetworkStream(client));
        var answer = reader.ReadToEnd();
        Assert.StartsWith("HTTP/1.1 200", answer, StringComparison.Ordinal);
        return answer[(answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
    }
}
