using System.Text;
using Slipway.Core.Doctor;
using Slipway.Core.Filter;
using Slipway.Core.Spec;
using Slipway.Core.Versions;
using Slipway.Xdp;
using Slipway.Xdp.Status;

namespace Slipway.Tests.Filter;

/// <summary>A run's judgement on what agents really write.</summary>
public sealed class FilterJudgeTests
{
    private static readonly DateTimeOffset s_now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private static readonly AgentStatus s_well = new()
    {
        Version = "0.1.0",
        WrittenAt = s_now,
        StartedAt = s_now,
        EverySeconds = 5,
        Mode = FilterMode.Observe,
        Config = new ConfigStatus { Path = "/usr/local/etc/slipway/xdp.json", Generation = 1, Missing = false, LoadedAt = s_now },
        Interfaces = [Link("eth0", "own", "driver-frags"), Link("eth1", "off", "none")],
    };

    [Fact]
    public void An_agent_that_guards_in_the_wanted_mode_has_no_problem() => Assert.Empty(Judge(s_well));

    [Fact]
    public void Each_thing_that_is_not_so_is_said()
    {
        Assert.Equal(["the agent's mode is off, not observe"], Judge(s_well with { Mode = FilterMode.Off }));
        Assert.Equal(["the agent that runs is 0.0.9, and the image has 0.1.0"], Judge(s_well with { Version = "0.0.9" }));
        Assert.Equal(["the agent has no configuration and goes by its defaults"], Judge(s_well with { Config = s_well.Config with { Missing = true } }));
        Assert.Equal(["the configuration on the node is not in force: xdp.json:1:1: no"], Judge(s_well with { Mode = FilterMode.Off, Config = s_well.Config with { Findings = ["xdp.json:1:1: no"] } }));
        Assert.Equal(["the filter is not before eth0: the slot is another's"], Judge(s_well with { Interfaces = [Link("eth0", "own", "none")] }));
        Assert.Equal(["the filter is before no interface"], Judge(s_well with { Interfaces = [] }));
        Assert.Equal(["the program does not hear of its agent and lets strangers through"], Judge(s_well with { HeartbeatStale = true }));
        Assert.Equal(["no memory"], Judge(s_well with { Problems = ["no memory"] }));
        Assert.Equal(["the agent wrote nothing for 16 s, and means to every 5 s"], Judge(s_well with { WrittenAt = s_now.AddSeconds(-16) }));
        Assert.Empty(Judge(s_well with { WrittenAt = s_now.AddSeconds(-15) }));
        Assert.StartsWith("/run/slipway/xdp/status.json is not what this version", Assert.Single(Judge(s_well with { Schema = 2 })), StringComparison.Ordinal);
    }

    [Fact]
    public void The_image_comes_before_the_service_and_the_service_before_the_agent()
    {
        var word = FileContent.Of(Encoding.UTF8.GetString(StatusJson.Write(s_well)));
        ExtensionObservation extension = new(FilterExtension.Name, "0.1.0");
        ServiceObservation service = new(FilterExtension.Service, "Running", null, "");

        Assert.Equal(["its image has no extension slipway-xdp (it has nvme-cli)"], FilterJudge.Problems(XdpMode.Observe, null, [new("nvme-cli", "1")], [], word, s_now));
        Assert.Equal(["its image has slipway-xdp 0.1.0, not v0.2.0"], FilterJudge.Problems(XdpMode.Observe, new ReleaseVersion(0, 2, 0), [extension], [service], word, s_now));
        Assert.Equal(["there is no service ext-slipway-xdp"], FilterJudge.Problems(XdpMode.Observe, null, [extension], [], word, s_now));
        Assert.Equal(["ext-slipway-xdp is Waiting: for cri"], FilterJudge.Problems(XdpMode.Observe, null, [extension], [service with { State = "Waiting", Message = "for cri" }], word, s_now));
        Assert.Equal(["its agent has not written /run/slipway/xdp/status.json"], FilterJudge.Problems(XdpMode.Observe, null, [extension], [service], FileContent.Absent, s_now));
        Assert.Empty(FilterJudge.Problems(XdpMode.Observe, new ReleaseVersion(0, 1, 0), [extension], [service], word, s_now));
    }

    private static IReadOnlyList<string> Judge(AgentStatus status) => FilterJudge.Problems(
        XdpMode.Observe, null, [new(FilterExtension.Name, "0.1.0")], [new(FilterExtension.Service, "Running", null, "")], FileContent.Of(Encoding.UTF8.GetString(StatusJson.Write(status))), s_now);

    private static InterfaceStatus Link(string name, string slot, string attach) => new()
    {
        Name = name,
        Index = 2,
        Mac = "02:00:00:00:00:01",
        Driver = "veth",
        Mtu = 1500,
        Up = true,
        Slot = slot,
        Attach = attach,
        Owner = "",
        Why = "the slot is another's",
        RxPackets = 0,
        RxBytes = 0,
        TxPackets = 0,
        TxBytes = 0,
        RxErrors = 0,
        TxErrors = 0,
    };
}
