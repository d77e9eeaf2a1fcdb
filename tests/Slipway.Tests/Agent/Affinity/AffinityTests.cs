using Slipway.Agent.Affinity;
using Slipway.Agent.Configuration;

namespace Slipway.Tests.Agent.Affinity;

public sealed class AffinityTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("slipway-affinity").FullName;
    private readonly SystemFolders folders;
    private readonly AffinityKeeper keeper;

    public AffinityTests()
    {
        folders = new SystemFolders(Path.Combine(root, "sys"), Path.Combine(root, "proc"));
        keeper = new AffinityKeeper(Path.Combine(root, "state", "affinity.json"));
    }

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public void Interrupts_and_queues_are_dealt_out_over_the_named_CPUs()
    {
        Nic("eth0", rx: 2, tx: 4);
        Irqs("sys/class/net/eth0/device/msi_irqs", 40, 41, 42);

        Assert.Equal(
        [
            ("proc/irq/40/smp_affinity_list", "2"),
            ("proc/irq/41/smp_affinity_list", "3"),
            ("proc/irq/42/smp_affinity_list", "2"),
            ("sys/class/net/eth0/queues/rx-0/rps_cpus", "c"),
            ("sys/class/net/eth0/queues/rx-1/rps_cpus", "c"),
            ("sys/class/net/eth0/queues/tx-0/xps_cpus", "1"),
            ("sys/class/net/eth0/queues/tx-1/xps_cpus", "2"),
            ("sys/class/net/eth0/queues/tx-2/xps_cpus", "1"),
            ("sys/class/net/eth0/queues/tx-3/xps_cpus", "2"),
            ("sys/class/net/eth0/threaded", "1"),
        ],
        Plan(new AffinityConfig { Irq = [2, 3], Rps = [2, 3], Xps = [0, 1], ThreadedNapi = true }));
    }

    [Fact]
    public void A_NIC_with_one_queue_spreads_after_XDP_and_its_interrupts_may_be_its_PCI_functions()
    {
        Nic("eth0", rx: 1, tx: 1);
        Directory.CreateDirectory(Path.Combine(root, "sys/devices/pci/virtio0"));
        Directory.Delete(Path.Combine(root, "sys/class/net/eth0/device"));
        Directory.CreateSymbolicLink(Path.Combine(root, "sys/class/net/eth0/device"), Path.Combine(root, "sys/devices/pci/virtio0"));
        Irqs("sys/devices/pci/msi_irqs", 7);

        Assert.Equal(
            [("proc/irq/7/smp_affinity_list", "1"), ("sys/class/net/eth0/queues/rx-0/rps_cpus", "f"), ("sys/class/net/eth0/queues/tx-0/xps_cpus", "f")],
            Plan(new AffinityConfig { Irq = [1], Rps = [0, 1, 2, 3], Xps = [0, 1, 2, 3] }));
    }

    [Fact]
    public void Without_wishes_nothing_is_touched()
    {
        Nic("eth0", rx: 1, tx: 1);
        Assert.Empty(Plan(new AffinityConfig()));
    }

    [Fact]
    public void Before_and_after_are_told_and_undone_to_what_was_before_the_first_touch()
    {
        Nic("eth0", rx: 1, tx: 1);
        var file = Path.Combine(root, "sys/class/net/eth0/queues/rx-0/rps_cpus");

        var first = Assert.Single(keeper.Apply([new KnobSetting(file, "c")]));
        keeper.Apply([new KnobSetting(file, "1")]);

        Assert.Equal(new KnobOutcome(file, "0", "c", null), first);
        Assert.Equal("1", File.ReadAllText(file));
        Assert.Equal(new KnobOutcome(file, "1", "0", null), Assert.Single(new AffinityKeeper(Path.Combine(root, "state", "affinity.json")).Undo()));
        Assert.Equal("0", File.ReadAllText(file));
        Assert.Empty(keeper.Undo());
    }

    [Fact]
    public void A_knob_that_is_not_there_is_an_outcome_and_no_exception()
    {
        var outcome = Assert.Single(keeper.Apply([new KnobSetting(Path.Combine(root, "nowhere"), "1")]));

        Assert.NotNull(outcome.Problem);
        Assert.Contains("nowhere", outcome.Text, StringComparison.Ordinal);
    }

    private IEnumerable<(string, string)> Plan(AffinityConfig wishes) =>
        AffinityPlan.Of(wishes, ["eth0"], folders).Select(setting => (Path.GetRelativePath(root, setting.Path), setting.Value));

    private void Nic(string name, int rx, int tx)
    {
        var nic = Directory.CreateDirectory(Path.Combine(root, "sys/class/net", name)).FullName;
        Directory.CreateDirectory(Path.Combine(nic, "device"));
        File.WriteAllText(Path.Combine(nic, "threaded"), "0");
        for (var i = 0; i < rx; i++)
        {
            File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(nic, $"queues/rx-{i}")).FullName, "rps_cpus"), "0");
        }

        for (var i = 0; i < tx; i++)
        {
            File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(nic, $"queues/tx-{i}")).FullName, "xps_cpus"), "0");
        }
    }

    private void Irqs(string folder, params int[] numbers)
    {
        Directory.CreateDirectory(Path.Combine(root, folder));
        foreach (var number in numbers)
        {
            File.WriteAllText(Path.Combine(root, folder, $"{number}"), "msix");
        }
    }
}
