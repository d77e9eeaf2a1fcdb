using System.Text.RegularExpressions;
using CsCheck;
using Slipway.Core.Diagnostics;
using Slipway.Core.Planning;
using Slipway.Core.Spec;
using Slipway.Core.Versions;

namespace Slipway.Tests.Spec;

public sealed class SpecWriterTests
{
    private static readonly DiskObservation Small = new("/dev/sda", "SMALL1", "naa.1", "BOSS", 480_000_000_000, false, false);

    private static readonly DiskObservation Large = new("/dev/nvme0n1", "LARGE1", "eui.1", "P5800X", 3_840_000_000_000, false, false);

    private static readonly DiskObservation Stick = new("/dev/sdb", "STICK1", null, "USB", 8_000_000_000, false, false);

    [Fact]
    public void A_draft_names_each_machine_by_its_marks()
    {
        var text = SpecWriter.Write(Draft([Node("10.0.0.11", NodeRole.ControlPlane, Observed("cp1") with { Disks = [Large, Stick, Small] })]));

        var result = SpecReader.Read("cluster.yaml", text);
        Assert.DoesNotContain(result.Findings, finding => finding.Severity == Severity.Error);
        var node = Assert.Single(result.Spec!.Nodes);
        Assert.Equal(new NodeIdentity { Uuid = "4c4c4544-0042-3510-8053-b4c04f4d5331", Mac = "52:54:00:aa:bb:01" }, node.Identity);
        Assert.Equal(new InstallSpec { Serial = "SMALL1" }, node.Install);
        Assert.Equal("enp1s0", node.Interface!.Name);
        Assert.Equal("DPEVy4oUQG3rjFBbH4lYGQFFXmUXJ4tXqXIKfWfZB2c=", node.MaintenanceFingerprint);
        Assert.Contains("# not chosen: /dev/nvme0n1, 3840 GB, P5800X, serial LARGE1, wwid eui.1", text, StringComparison.Ordinal);
        Assert.Contains("# not chosen: /dev/sdb, 8 GB, USB, serial STICK1, wwid unknown", text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_two_machines_say_names_neither()
    {
        var observed = Observed("x") with { Serial = "Default string", Disks = [Small] };
        var text = SpecWriter.Write(Draft([.. Enumerable.Range(11, 3).Select(i => Node($"10.0.0.{i}", NodeRole.ControlPlane, observed))]));

        var result = SpecReader.Read("cluster.yaml", text);
        Assert.DoesNotContain(result.Findings, finding => finding.Severity == Severity.Error);
        var spec = result.Spec!;

        Assert.Equal(["x", "cp1", "cp2"], spec.Nodes.Select(node => node.Name));
        Assert.All(spec.Nodes, node => Assert.True(node.Identity.IsEmpty));
        Assert.All(spec.Nodes, node => Assert.Equal("/dev/sda", node.Install.Disk));
    }

    [Theory]
    // Two threads a core: siblings stay together.
    [InlineData(64, 32, "", "0-1,32-33", "2-3,34-35", "4-31,36-63", null, 4)]
    [InlineData(16, 16, "", "0-1", "2-3", "4-15", null, 2)]
    // Two NUMA nodes: all of it on the first.
    [InlineData(64, 32, "0-15,32-47;16-31,48-63", "0-1,32-33", "2-3,34-35", "4-15,36-47", 0, 4)]
    [InlineData(16, 8, "", "0,8", "1,9", "2-7,10-15", null, 2)]
    public void A_profile_is_proposed_for_each_kind_of_worker_and_holds_once_the_comment_is_taken_away(
        int threads, int cores, string numa, string housekeeping, string network, string workload, int? numaNode, int queues)
    {
        var worker = Node("10.0.0.21", NodeRole.Worker, Observed("w1") with { Threads = threads, Cores = cores, Links = [.. Observed("w1").Links.Take(1)] }) with
        {
            NumaNodes = [.. numa.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(CpuSet.Parse)],
            Queues = new Dictionary<string, int> { ["enp1s0"] = 63 },
        };
        var text = SpecWriter.Write(Draft([Node("10.0.0.11", NodeRole.ControlPlane, Observed("cp1")), worker]));

        Assert.All(SpecReader.Read("cluster.yaml", text).Spec!.Nodes, node => Assert.Null(node.Layout));
        var result = SpecReader.Read("cluster.yaml", Regex.Replace(text, "^( *)#(profiles?:|  )", "$1$2", RegexOptions.Multiline));
        Assert.DoesNotContain(result.Findings, finding => finding.Severity == Severity.Error);
        var layout = result.Spec!.Nodes[1].Layout!;
        Assert.Equal(($"validator-{threads}", ValidatorClient.Agave, queues), (layout.Name, layout.Client, layout.Nic?.Queues));
        Assert.Equal((housekeeping, network, workload, numaNode), ($"{layout.Cpus!.Housekeeping}", $"{layout.Cpus.Network}", $"{layout.Cpus.Workload}", layout.Cpus.NumaNode));
    }

    [Fact]
    public void Machines_of_another_kind_get_a_profile_of_their_own_and_those_that_tell_nothing_get_none()
    {
        var seen = Observed("w") with { Threads = 64, Cores = 32 };
        var text = SpecWriter.Write(Draft(
        [
            Node("10.0.0.11", NodeRole.ControlPlane, seen),
            Node("10.0.0.21", NodeRole.Worker, seen), Node("10.0.0.22", NodeRole.Worker, seen),
            Node("10.0.0.23", NodeRole.Worker, seen with { Cores = 64 }),
            Node("10.0.0.24", NodeRole.Worker, Observed("w")), Node("10.0.0.25", NodeRole.Worker, seen with { Threads = 4, Cores = 2 }),
        ]));

        Assert.Equal(["validator-64", "validator-64", "validator-64-2"], Regex.Matches(text, "#profile: (.*)").Select(match => match.Groups[1].Value));
        Assert.Equal(2, Regex.Count(text, "#  validator-"));
    }

    [Fact]
    public void Ranges_leave_the_nodes_network_alone()
    {
        var link = new LinkObservation("eth0", "52:54:00:aa:bb:01", 1500, true, "mlx5_core", 25000, ["10.100.3.11/8"]);
        var text = SpecWriter.Write(Draft([Node("10.100.3.11", NodeRole.ControlPlane, Observed("cp1") with { Links = [link] })]));

        var result = SpecReader.Read("cluster.yaml", text);

        Assert.DoesNotContain(result.Findings, finding => finding.Severity == Severity.Error);
        Assert.Equal(["172.16.0.0/12"], result.Spec!.Network.PodCidrs);
        Assert.Equal(["100.96.0.0/12"], result.Spec.Network.ServiceCidrs);
    }

    [Fact]
    public void The_system_disk_wins_then_the_only_one_then_the_smallest_that_is_large_enough()
    {
        Assert.Equal(Install([Small, Large with { IsSystemDisk = true }]).Serial, Large.Serial);
        Assert.Equal(Install([Stick]).Serial, Stick.Serial);
        Assert.Equal(Install([Stick, Large, Small]).Serial, Small.Serial);
        Assert.Equal(Install([Stick, Small with { ReadOnly = true }]).Serial, Stick.Serial);
        Assert.Equal(Install([Small with { Serial = null }]).Wwid, Small.Wwid);
        Assert.Equal(Install([Small with { Serial = " ", Wwid = null }]).Disk, Small.Device);
        Assert.Equal("/dev/sda", Install([]).Disk);
    }

    [Fact]
    public void Whatever_nodes_say_the_draft_reads_back_without_errors()
    {
        var text = Gen.OneOf(Gen.String[Gen.Char["ab0: #-\"'\n\\\u0007[]{}&*!|>%@,é\u2028"], 0, 20], Gen.Const("Default string"), Gen.Const("0042"), Gen.Const("true"), Gen.Const("1:30"));
        var maybe = Gen.OneOf(text.Select(value => (string?)value), Gen.Const((string?)null));
        var disk = Gen.Select(text, maybe, maybe, maybe, Gen.ULong, Gen.Bool, Gen.Bool, (device, serial, wwid, model, size, system, readOnly) => new DiskObservation(device, serial, wwid, model, size, system, readOnly));
        var link = Gen.Select(Gen.OneOf(text, Gen.Const("eth0")), Gen.OneOf(text, Gen.Const("52:54:00:aa:bb:01")), Gen.Bool, text, (name, mac, up, address) => new LinkObservation(name, mac, 1500, up, null, 0, [address]));
        var node = Gen.Select(text, maybe, maybe, maybe, disk.Array[0, 3], link.Array[0, 3], (name, uuid, serial, fingerprint, disks, links) =>
            Observed(name) with { Uuid = uuid, Serial = serial, Fingerprint = fingerprint, Disks = disks, Links = links });

        Gen.Select(node.Array[1, 5], Gen.Int[0, 255]).Sample((observed, third) =>
        {
            var nodes = observed.Select((one, index) => Node($"10.{third}.0.{index + 1}", index == 0 ? NodeRole.ControlPlane : NodeRole.Worker, one));
            var result = SpecReader.Read("cluster.yaml", SpecWriter.Write(Draft([.. nodes])));
            Assert.DoesNotContain(result.Findings, finding => finding.Severity == Severity.Error);
            Assert.Equal(observed.Length, result.Spec!.Nodes.Count);
        }, iter: 500);
    }

    private static InstallSpec Install(IReadOnlyList<DiskObservation> disks) =>
        SpecReader.Read("c", SpecWriter.Write(Draft([Node("10.0.0.11", NodeRole.ControlPlane, Observed("cp1") with { Disks = disks })]))).Spec!.Nodes[0].Install;

    private static SpecDraft Draft(IReadOnlyList<DraftNode> nodes) => new()
    {
        Name = "prod",
        Talos = new ReleaseVersion(1, 13, 9),
        Kubernetes = new ReleaseVersion(1, 35, 0),
        OperatorCidrs = ["192.0.2.0/24"],
        Nodes = nodes,
    };

    private static DraftNode Node(string address, NodeRole role, NodeObservation observed) => new() { Address = address, Role = role, Observation = observed };

    private static NodeObservation Observed(string name) => new()
    {
        Name = name,
        Mode = NodeMode.Maintenance,
        Uuid = "4C4C4544-0042-3510-8053-B4C04F4D5331",
        Serial = "7391042",
        Macs = ["52:54:00:aa:bb:01"],
        Links = [new LinkObservation("enp1s0", "52:54:00:aa:bb:01", 1500, true, "ice", 25000, ["10.0.0.11/24"]), new LinkObservation("enp2s0", "52:54:00:aa:bb:02", 1500, true, "ice", 0, [])],
        Fingerprint = "DPEVy4oUQG3rjFBbH4lYGQFFXmUXJ4tXqXIKfWfZB2c=",
        Disks = [Small],
    };
}
