using System.Globalization;
using Slipway.Kernel.Tests.Machine;
using Slipway.Xdp.Network;

namespace Slipway.Kernel.Tests.Agent;

/// <summary>What happens to interfaces on a node that is alive.</summary>
public sealed class WeatherTests : IDisposable
{
    private readonly VethPair _wire = new();
    private readonly AgentHome _home;

    public WeatherTests() => _home = new AgentHome(_wire.Node);

    [Fact]
    public void A_link_that_flaps_and_an_mtu_that_changes_leave_the_filter_where_it_is()
    {
        _home.Configure(Wishes.Guard());
        using var agent = _home.StartUntil(status => Attached(status, "driver-frags"));
        var program = _wire.Nic.Program;

        _wire.Node.Ip("link", "set", VethPair.NodeLink, "down");
        _home.Until(status => status.Interfaces is [{ Up: false, Attach: "driver-frags" }]);
        _wire.Node.Ip("link", "set", VethPair.NodeLink, "up");
        _wire.World.Ip("link", "set", VethPair.WorldLink, "mtu", "9000");
        _wire.Node.Ip("link", "set", VethPair.NodeLink, "mtu", "9000");
        _home.Until(status => status.Interfaces is [{ Up: true, Mtu: 9000, Attach: "driver-frags" }]);
        _wire.Node.Ip("link", "set", VethPair.NodeLink, "mtu", "1400");
        _home.Until(status => status.Interfaces is [{ Up: true, Mtu: 1400, Attach: "driver-frags" }]);

        Assert.Equal(program, _wire.Nic.Program);
    }

    [Fact]
    public void A_device_that_is_meant_by_its_mac_is_guarded_under_any_name_and_one_meant_by_name_only_under_that()
    {
        _home.Configure($$"""
            "mode": "enforce", "interfaces": [{"mac": "{{_wire.Nic.Mac}}"}, {"name": "eth1"}]
            """);
        using var agent = _home.StartUntil(status => Attached(status, "driver-frags"));
        Assert.Contains("there is no interface eth1 (yet)", _home.Status()!.Problems);
        var program = _wire.Nic.Program;

        _wire.Node.Ip("link", "set", VethPair.NodeLink, "down");
        _wire.Node.Ip("link", "set", VethPair.NodeLink, "name", "wan0");
        var renamed = _home.Until(status => status.Interfaces is [{ Name: "wan0", Attach: "driver-frags" }]).Interfaces[0];
        Assert.Equal(program, ProgramOf("wan0"));

        // Both wishes are for one device now, which is told once.
        _wire.Node.Ip("link", "set", "wan0", "name", "eth1");
        Assert.Equal(renamed.Index, _home.Until(status => status.Interfaces is [{ Name: "eth1" }] && status.Problems.Count == 0).Interfaces[0].Index);
        _home.Configure(Wishes.Guard());
        _home.Until(status => status.Interfaces.Count == 0 && status.Problems.Contains("there is no interface eth0 (yet)"));
        Assert.Equal(0u, ProgramOf("eth1"));
    }

    [Fact]
    public void An_interface_that_appears_later_is_guarded_and_one_that_goes_leaves_nothing()
    {
        _home.Configure(Wishes.Guard(interfaces: "eth1"));
        using var agent = _home.StartUntil(status => status.Problems.Contains("there is no interface eth1 (yet)"));

        _wire.Node.Ip("link", "add", "eth1", "type", "veth", "peer", "name", "peer1");
        _home.Until(status => AttachMatrixTests.Attached(status, "driver-frags", "eth1") && status.Problems.Count == 0);
        _wire.Node.Ip("link", "del", "eth1");
        _home.Until(status => status.Interfaces.Count == 0);

        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(_home.Pins, "nics")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_device_that_is_made_anew_under_the_old_number_is_guarded_only_if_it_is_meant(bool sameName)
    {
        _wire.Node.Ip("link", "add", "eth1", "index", "77", "type", "veth", "peer", "name", "peer1");
        _home.Configure(Wishes.Guard(interfaces: "eth1"));
        using var agent = _home.StartUntil(status => AttachMatrixTests.Attached(status, "driver-frags", "eth1"));

        var name = sameName ? "eth1" : "eth2";
        _wire.Node.Run("sh", "-c", $"ip link del eth1; ip link add {name} index 77 type veth peer name peer1");
        var mac = _wire.Node.Inside(() => Find(name)!.Mac);
        if (sameName)
        {
            _home.Until(status => status.Interfaces is [{ Name: "eth1", Index: 77, Attach: "driver-frags" } nic] && nic.Mac == mac);
            _home.UntilSeen(() => ProgramOf(name) != 0);
        }
        else
        {
            _home.Until(status => status.Interfaces.Count == 0);
            Assert.Equal(0u, ProgramOf(name));
        }

        Assert.Equal(sameName ? 1 : 0, Directory.EnumerateDirectories(Path.Combine(_home.Pins, "nics")).Count());
    }

    [Fact]
    public void An_owner_that_took_the_slot_while_the_agent_was_away_keeps_it()
    {
        _home.Configure(Wishes.Guard(more: ", \"onExit\": \"detach\""));
        using (var first = _home.StartUntil(status => Attached(status, "driver-frags")))
        {
            Assert.Equal(0, first.Stop());
        }

        using var agave = new OwnerProgram("agave_xdp", OwnerProgram.Pass, frags: false);
        using var link = _wire.Node.Inside(() => agave.Attach(VethPair.NicHere().Index));
        using var agent = _home.StartUntil(status => Attached(status, "tcx"));

        Assert.StartsWith("Agave's agave_xdp (driver mode, by link, program ", _home.Status()!.Interfaces[0].Owner, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bad_file_keeps_the_last_good_one_and_says_where_it_is_wrong()
    {
        _home.Configure(Wishes.Guard());
        using var agent = _home.StartUntil(status => Attached(status, "driver-frags"));

        _home.Configure(Wishes.Guard(mode: "strict"));
        var status = _home.Until(status => status.Config.Findings.Count > 0);
        Assert.Contains("strict", status.Config.Findings[0], StringComparison.Ordinal);
        Assert.Equal((1L, Slipway.Xdp.FilterMode.Enforce), (status.Config.Generation, status.Mode));
        File.Delete(_home.Config);
        _home.Until(status => status.Problems.Any(problem => problem.Contains("the file is gone", StringComparison.Ordinal)) && status.Mode == Slipway.Xdp.FilterMode.Enforce);
        _home.Configure(Wishes.Guard(mode: "observe"));
        _home.Until(status => status is { Mode: Slipway.Xdp.FilterMode.Observe, Problems.Count: 0, Config.Generation: 2 });
    }

    [Fact]
    public void Without_a_file_the_agent_observes_with_its_defaults_and_ends_well()
    {
        // The defaults write to /run: one that is this agent's alone.
        using var agent = _home.Start("unshare", "--mount", "sh", "-c", "mount -t tmpfs tmpfs /run && exec \"$0\" \"$@\"");
        var folder = string.Create(CultureInfo.InvariantCulture, $"/proc/{agent.Id}/root/run/slipway/xdp");
        _home.UntilSeen(() => File.Exists(Path.Combine(folder, "status.json")));

        var status = Slipway.Xdp.Status.StatusJson.ReadStatus(File.ReadAllBytes(Path.Combine(folder, "status.json")))!;

        Assert.Equal((Slipway.Xdp.FilterMode.Observe, true, 0), (status.Mode, status.Config.Missing, status.Problems.Count));
        Assert.Equal(0, agent.Stop());
    }

    public void Dispose()
    {
        _home.Dispose();
        _wire.Dispose();
    }

    private static bool Attached(Slipway.Xdp.Status.AgentStatus status, string attach) => AttachMatrixTests.Attached(status, attach);

    private static Nic? Find(string name)
    {
        using var nics = new Nics();
        return nics.Find(name);
    }

    private uint ProgramOf(string name) => _wire.Node.Inside(() => Find(name)!.Program);
}
