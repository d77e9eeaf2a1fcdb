using System.Net;
using System.Text;
using CsCheck;
using Slipway.Agent.Configuration;
using Slipway.Xdp;
using Slipway.Xdp.Attaching;

namespace Slipway.Tests.Agent.Configuration;

public sealed class ConfigReaderTests
{
    private const string Full = """
        {
          "version": 1,
          "mode": "enforce",
          "interfaces": [{"name": "eth0", "slot": "follow"}, {"mac": "52-54-00-AB-cd-01", "slot": "tcx"}],
          "ports": [{"ports": "8001/udp", "role": "gossip"}, {"ports": "8899-8900/tcp", "role": "rpc"}],
          "learnPorts": false,
          "ownAddresses": ["192.0.2.10", "2001:db8::10"],
          "operators": ["198.51.100.0/24", "203.0.113.7"],
          "clusterNodes": ["10.0.0.0/8"],
          "known": ["192.0.2.64/26"],
          "banned": ["203.0.113.128/25"],
          "neverDrop": ["22/tcp"],
          "limits": {
            "unknown": {"source": {"packetsPerSecond": 10, "burst": 30}, "total": "none"},
            "roles": {"rpc": {"unknown": {"source": {"packetsPerSecond": 3}}}}
          },
          "stake": {"rpc": "http://127.0.0.1:8899/", "refreshSeconds": 30, "identity": "Vote111111111111111111111111111111111111111", "minimumSol": 100},
          "heartbeatMinutes": 9,
          "sampleOneIn": 128,
          "metrics": {"socket": "/run/slipway/metrics.sock"},
          "audit": {"path": "/var/log/a.jsonl", "linesPerSecond": 5, "maxBytes": 65536, "files": 2},
          "affinity": {"irq": "0-1", "rps": [2, 3], "threadedNapi": true},
          "exile": {"cpus": "4", "queue": 256},
          "marks": {"stakedDscp": 46, "metadata": true},
          "onExit": "detach",
          "status": {"folder": "/run/x", "everySeconds": 2}
        }
        """;

    [Fact]
    public void Every_key_arrives_where_it_belongs()
    {
        var config = Good(Full);

        Assert.Equal(FilterMode.Enforce, config.Mode);
        Assert.Equal([("eth0", null, SlotPolicy.Follow), (null, "52:54:00:ab:cd:01", SlotPolicy.Tcx)], config.Interfaces.Select(nic => (nic.Name, nic.Mac, nic.Slot)));
        Assert.Equal(["8001/udp", "8899-8900/tcp"], config.Ports.Select(port => port.Ports.ToString()));
        Assert.Equal([PortRole.Gossip, PortRole.Rpc], config.Ports.Select(port => port.Role));
        Assert.False(config.LearnPorts);
        Assert.Equal([IPAddress.Parse("192.0.2.10"), IPAddress.Parse("2001:db8::10")], config.OwnAddresses);
        Assert.Equal(["198.51.100.0/24", "203.0.113.7/32"], config.Operators.Select(network => network.ToString()));
        Assert.Equal(["10.0.0.0/8"], config.ClusterNodes.Select(network => network.ToString()));
        Assert.Equal(["192.0.2.64/26"], config.Known.Select(network => network.ToString()));
        Assert.Equal(["203.0.113.128/25"], config.Banned.Select(network => network.ToString()));
        Assert.Equal(["22/tcp"], config.NeverDrop.Select(port => port.ToString()));
        Assert.Equal(new GroupLimits(new RateLimit(10, 30), null), config.Limits.For(PortRole.Tvu, PeerGroup.Unknown));
        Assert.Equal(new GroupLimits(new RateLimit(3, 3), null), config.Limits.For(PortRole.Rpc, PeerGroup.Unknown));
        Assert.Equal(new LimitsConfig().Staked, config.Limits.For(PortRole.Rpc, PeerGroup.Staked));
        Assert.Equal("http://127.0.0.1:8899/", config.Stake!.Rpc!.ToString());
        Assert.Equal((TimeSpan.FromSeconds(30), 100L), (config.Stake.Refresh, config.Stake.MinimumSol));
        Assert.Equal((9, 128), (config.HeartbeatMinutes, config.SampleOneIn));
        Assert.Equal(("/run/slipway/metrics.sock", null), (config.Metrics.Socket, config.Metrics.Listen));
        Assert.Equal(new AuditConfig { Path = "/var/log/a.jsonl", LinesPerSecond = 5, MaxBytes = 65536, Files = 2 }, config.Audit);
        Assert.Equal([0, 1], config.Affinity!.Irq);
        Assert.Equal([2, 3], config.Affinity.Rps);
        Assert.True(config.Affinity.ThreadedNapi);
        Assert.Equal((4, 256), (Assert.Single(config.Exile!.Cpus), config.Exile.Queue));
        Assert.Equal(46, config.Marks.Dscp[PeerGroup.Staked]);
        Assert.True(config.Marks.Metadata);
        Assert.Equal(ExitBehaviour.Detach, config.OnExit);
        Assert.Equal(new StatusConfig { Folder = "/run/x", Every = TimeSpan.FromSeconds(2) }, config.Status);
    }

    [Fact]
    public void An_empty_object_observes_with_the_defaults() => Assert.Equivalent(AgentConfig.Default, Good("{}"));

    [Fact]
    public void All_findings_are_told_at_once_each_with_its_place()
    {
        var result = Read("""
            {
              "mode": "strict",
              "modes": 1,
              "ports": [{"ports": "8001", "role": "gossip"}, {"ports": "8002/udp", "role": "gosip"}],
              "operators": ["10.0.0.1/8"],
              "heartbeatMinutes": 0
            }
            """);

        Assert.Null(result.Config);
        Assert.Equal(
        [
            "x.json:2:11: mode: found \"strict\"; expected one of observe, enforce, off",
            "x.json:3:3: modes: there is no such key",
            "x.json:4:23: ports[0].ports: found \"8001\"; expected ports and a protocol, such as \"8001/udp\" or \"8899-8900/tcp\"",
            "x.json:4:80: ports[1].role: found \"gosip\"; expected one of guarded, gossip, tvu, tpu, tpu-quic, vote, repair, serve-repair, rpc, quic",
            "x.json:5:17: operators[0]: found \"10.0.0.1/8\", whose address has bits beyond the prefix; expected \"10.0.0.0/8\"",
            "x.json:6:23: heartbeatMinutes: found 0; expected a whole number from 1 to 1440",
        ],
        result.Findings.Select(finding => finding.In("x.json")).Select(line => line.Split("; expected one of version")[0]));
        Assert.Equal("did you mean mode?", result.Findings[1].Hint);
    }

    [Theory]
    [InlineData("", "the file is empty")]
    [InlineData("{", "this is not JSON")]
    [InlineData("{} x", "this is not JSON")]
    [InlineData("{\"mode\": \"off\",}", "this is not JSON")]
    [InlineData("// no\n{}", "this is not JSON")]
    [InlineData("[]", "found a list")]
    [InlineData("\"\\ud800\"", "the text is not valid UTF-8")]
    [InlineData("{\"mode\": \"off\", \"mode\": \"enforce\"}", "the key stands here twice")]
    [InlineData("{\"version\": 2}", "found 2")]
    [InlineData("{\"sampleOneIn\": 100}", "found 100")]
    [InlineData("{\"heartbeatMinutes\": 1e1}", "found 1e1")]
    [InlineData("{\"heartbeatMinutes\": 99999999999999999999}", "found 99999999999999999999")]
    [InlineData("{\"interfaces\": [{\"name\": \"eth0\", \"mac\": \"52:54:00:00:00:01\"}]}", "both name and mac are set")]
    [InlineData("{\"interfaces\": [{}]}", "neither name nor mac is set")]
    [InlineData("{\"interfaces\": [{\"name\": \"an-interface-name\"}]}", "found \"an-interface-name\"")]
    [InlineData("{\"interfaces\": [{\"name\": \"a\"}, {\"name\": \"a\"}]}", "a is named twice")]
    [InlineData("{\"ports\": [{\"ports\": \"9-8/udp\", \"role\": \"tvu\"}]}", "found \"9-8/udp\"")]
    [InlineData("{\"ports\": [{\"ports\": \"0/udp\", \"role\": \"tvu\"}]}", "found \"0/udp\"")]
    [InlineData("{\"ports\": [{\"ports\": \"8001/tcp\", \"role\": \"tvu\"}]}", "tvu does not speak tcp")]
    [InlineData("{\"ports\": [{\"ports\": \"8001/udp\"}]}", "role is missing")]
    [InlineData("{\"ports\": [{\"ports\": \"1-9/udp\", \"role\": \"tvu\"}, {\"ports\": \"9/udp\", \"role\": \"vote\"}]}", "9/udp overlaps 1-9/udp, which has another role")]
    [InlineData("{\"ports\": [{\"ports\": \"6000-7000/tcp\", \"role\": \"rpc\"}]}", "6000-7000/tcp overlaps 6443/tcp, which is never dropped")]
    [InlineData("{\"neverDrop\": [\"8001/udp\"]}", "8000-8002/udp overlaps 8001/udp, which is never dropped")]
    [InlineData("{\"operators\": [\"10.0.0.0/8\"], \"banned\": [\"10.1.0.0/16\"]}", "10.1.0.0/16 lies within 10.0.0.0/8, which is an operator's or a node's and is never dropped")]
    [InlineData("{\"ownAddresses\": [\"10.1\"]}", "found \"10.1\"")]
    [InlineData("{\"ownAddresses\": [\"fe80::1%eth0\"]}", "found \"fe80::1%eth0\"")]
    [InlineData("{\"operators\": \"10.0.0.0/8\"}", "found \"10.0.0.0/8\"")]
    [InlineData("{\"operators\": [\"10.0.0.0/33\"]}", "found \"10.0.0.0/33\"")]
    [InlineData("{\"limits\": {\"unknown\": {\"source\": {\"burst\": 4}}}}", "packetsPerSecond is missing")]
    [InlineData("{\"limits\": {\"roles\": {\"rcp\": {}}}}", "there is no such key")]
    [InlineData("{\"stake\": {\"rpc\": \"https://127.0.0.1\"}}", "found \"https://127.0.0.1\": the agent speaks no TLS")]
    [InlineData("{\"stake\": {\"rpc\": \"http://rpc.example.org\"}}", "the host rpc.example.org is a name: the agent has no resolver")]
    [InlineData("{\"stake\": {\"rpc\": \"http://u:p@127.0.0.1\"}}", "found \"http://u:p@127.0.0.1\"")]
    [InlineData("{\"stake\": {}}", "neither rpc nor file is set")]
    [InlineData("{\"stake\": {\"file\": \"stake.json\"}}", "found \"stake.json\"")]
    [InlineData("{\"stake\": {\"file\": \"/a\", \"identity\": \"0OIl\"}}", "found \"0OIl\"")]
    [InlineData("{\"metrics\": {\"listen\": \"localhost:9810\"}}", "found \"localhost:9810\"")]
    [InlineData("{\"metrics\": {\"listen\": \"127.0.0.1:1\", \"socket\": \"/s\"}}", "both listen and socket are set")]
    [InlineData("{\"audit\": {\"path\": \"/var/../etc/shadow\"}}", "found \"/var/../etc/shadow\"")]
    [InlineData("{\"exile\": {}}", "cpus is missing")]
    [InlineData("{\"exile\": {\"cpus\": \"0-8\"}}", "9 CPUs are named")]
    [InlineData("{\"affinity\": {\"irq\": \"3-1\"}}", "found \"3-1\"")]
    [InlineData("{\"marks\": {\"stakedDscp\": 64}}", "found 64")]
    public void One_fault_is_one_finding(string json, string message) => Assert.Equal([message], Read(json).Findings.Select(finding => finding.Message));

    [Fact]
    public void Deep_and_large_and_endless_files_are_findings_and_no_more()
    {
        Assert.Equal("this is not JSON", Assert.Single(Read(new string('[', 100_000)).Findings).Message);
        Assert.Equal("the file has 1048577 bytes", Assert.Single(Read(new string(' ', JsonPlaceReader.LargestFile + 1)).Findings).Message);
        Assert.Equal("the file has too many values", Assert.Single(Read($"{{\"known\": [{string.Join(',', Enumerable.Repeat(0, 60_000))}]}}").Findings).Message);
        Assert.Equal("the list has 5000 entries", Assert.Single(Read($"{{\"known\": [{string.Join(',', Enumerable.Repeat(0, 5_000))}]}}").Findings).Message);
    }

    [Fact]
    public void No_damage_to_a_file_ends_in_an_exception()
    {
        var full = Encoding.UTF8.GetBytes(Full);
        Gen.Select(Gen.Int[0, full.Length - 1], Gen.Int[0, 40], Gen.Byte.Array[0, 12]).Sample((at, cut, bytes) =>
        {
            byte[] damaged = [.. full.AsSpan(0, at), .. bytes, .. full.AsSpan(Math.Min(full.Length, at + cut))];
            var result = ConfigReader.Read(damaged);
            return (result.Config is null) == (result.Findings.Count > 0) && result.Findings.All(finding => finding.Line >= 0 && finding.In("f").Length < 2_000);
        });
    }

    private static ConfigResult Read(string json) => ConfigReader.Read(Encoding.UTF8.GetBytes(json));

    private static AgentConfig Good(string json)
    {
        var result = Read(json);
        Assert.Empty(result.Findings);
        return result.Config!;
    }
}
