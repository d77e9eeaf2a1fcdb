using Slipway.Kernel.Tests.Agent;
using Slipway.Kernel.Tests.Machine;
using Slipway.Xdp;
using Slipway.Xdp.Interop;

namespace Slipway.Kernel.Tests.Service;

/// <summary>The service that is in the image, run by runc as its definition there says, in a root that holds nothing but what the image has.</summary>
[Collection(nameof(Shipped))]
public sealed class ServiceTests(ShippedExtension shipped) : IDisposable
{
    private const long MostMemory = 8 * 1024; // KiB
    private const string Guard = """{"mode": "enforce", "interfaces": [{"name": "eth0"}], "status": {"everySeconds": 1}}""";

    /// <summary>As many nodes with stake as the main cluster has nodes at all, and on the node's /var.</summary>
    private const int Cluster = 5000;
    private const string Answers = "/var/lib/slipway/answers.json";

    private readonly TalosHost _host = new(shipped);

    public void Dispose() => _host.Dispose();

    [Fact]
    public void It_attaches_and_tells_so_on_the_host_in_less_than_8_MiB()
    {
        _host.Configure(Guard);
        using var service = _host.Start();

        var first = _host.Until(status => AttachMatrixTests.Attached(status, "driver-frags"));
        // A minute of its life would show no more: what a round leaves is gone with the next collection.
        var status = _host.Until(status => status.WrittenAt > first.WrittenAt.AddSeconds(10));

        Assert.Equal((FilterMode.Enforce, false), (status.Mode, status.Config.Missing));
        Assert.Empty(status.Problems);
        AttachMatrixTests.AssertKernel(_host.Wire, "driver-frags");
        Assert.InRange(service.Status("VmRSS"), 1, MostMemory);
        // 2 is a filter of system calls (Linux: include/uapi/linux/seccomp.h).
        Assert.Equal(2, service.Status("Seccomp"));
        // The configuration's own mount point is the only thing that the image has not.
        Assert.Equal(["usr/local/etc/slipway/xdp.json"], shipped.EntriesOfRoot().Except(shipped.Unpacked).Except(["run"]));
        Assert.Equal(0, service.End("TERM"));
        AttachMatrixTests.AssertKernel(_host.Wire, "driver-frags");
    }

    [Fact]
    public void With_a_whole_cluster_of_stakeholders_it_stays_below_8_MiB_also_when_it_begins_with_those_that_it_kept()
    {
        StakeFile.Write(_host.PathOf(Answers), Cluster);
        _host.Configure(Staked(Answers));
        for (var life = 0; life < 2; life++)
        {
            using var service = _host.Start();

            var first = _host.Until(status => AttachMatrixTests.Attached(status, "driver-frags") && status.Stake is { Staked: Cluster, Refreshes: 1 });
            var status = _host.Until(status => status.WrittenAt > first.WrittenAt.AddSeconds(10));

            Assert.Equal((Cluster + 1, 0), (status.Tables!.Peers, status.Problems.Count));
            Assert.InRange(service.Status("VmRSS"), 1, MostMemory);
            Assert.NotEqual(0, service.End("KILL"));
        }
    }

    [Fact]
    public void What_the_system_refuses_is_told_in_words_and_not_by_the_keys_of_messages()
    {
        _host.Configure(Staked("/nowhere/answers.json"));
        using var service = _host.Start();

        var problem = Assert.Single(_host.Until(status => status.Problems.Count > 0).Problems);

        Assert.Equal("stake: Could not find a part of the path '/nowhere/answers.json'", problem);
    }

    [Fact]
    public void Killed_and_started_anew_it_goes_on_with_the_tables_that_it_left()
    {
        _host.Configure(Guard);
        using (var killed = _host.Start())
        {
            _host.Until(status => AttachMatrixTests.Attached(status, "driver-frags"));
            Assert.NotEqual(0, killed.End("KILL"));
        }

        AttachMatrixTests.AssertKernel(_host.Wire, "driver-frags");
        var (program, counters) = (_host.Wire.Nic.Program, CountersId());

        using var service = _host.Start();
        _host.Until(status => AttachMatrixTests.Attached(status, "driver-frags"));

        Assert.NotEqual(program, _host.Wire.Nic.Program);
        Assert.Equal(counters, CountersId());
    }

    [Fact]
    public void Without_a_configuration_it_observes_and_stays()
    {
        using var service = _host.Start();

        var status = _host.Until(_ => true);

        Assert.Equal((FilterMode.Observe, true), (status.Mode, status.Config.Missing));
        Assert.Empty(status.Config.Findings);
        Assert.False(service.HasEnded, service.Said);
        Assert.Equal(0, service.End("TERM"));
    }

    [Fact]
    public void A_configuration_that_is_wrong_is_told_with_its_place_and_it_stays()
    {
        _host.Configure("""{"mode": "enforced"}""");
        using var service = _host.Start();

        var status = _host.Until(status => status.Config.Findings.Count > 0);

        Assert.StartsWith("/usr/local/etc/slipway/xdp.json:1:10: ", status.Config.Findings[0], StringComparison.Ordinal);
        Assert.Equal(["no good configuration was kept in /var/lib/slipway/xdp/xdp.json: observing with the defaults"], status.Config.Findings.Skip(1));
        Assert.Equal((FilterMode.Observe, false), (status.Mode, status.Config.Missing));
        Assert.False(service.HasEnded, service.Said);
    }

    [Fact]
    public void A_configuration_that_is_wrong_at_a_restart_leaves_the_last_good_one_in_force()
    {
        _host.Configure(Guard);
        using (var first = _host.Start())
        {
            _host.Until(status => AttachMatrixTests.Attached(status, "driver-frags"));
            Assert.Equal(0, first.End("TERM"));
        }

        _host.Configure("""{"mode": "enforced"}""");
        using var service = _host.Start();
        var status = _host.Until(status => AttachMatrixTests.Attached(status, "driver-frags"));

        Assert.Equal((FilterMode.Enforce, 2), (status.Mode, status.Config.Findings.Count));
        Assert.StartsWith("the last good configuration is in force, kept in /var/lib/slipway/xdp/xdp.json since ", status.Config.Findings[1], StringComparison.Ordinal);
        AttachMatrixTests.AssertKernel(_host.Wire, "driver-frags");
    }

    private static string Staked(string file) =>
        $$"""{"mode": "enforce", "interfaces": [{"name": "eth0"}], "status": {"everySeconds": 1}, "stake": {"file": "{{file}}"} }""";

    private uint CountersId()
    {
        using var map = Bpf.OpenPin(Assert.Single(Directory.GetFiles(_host.Pins, "slw_counters", SearchOption.AllDirectories)));
        return Bpf.MapFactsOf(map!).Id;
    }
}
