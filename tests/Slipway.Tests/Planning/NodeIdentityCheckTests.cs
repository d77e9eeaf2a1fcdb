using Slipway.Core.Planning;
using Slipway.Core.Spec;

namespace Slipway.Tests.Planning;

public sealed class NodeIdentityCheckTests
{
    private static readonly NodeSpec Node = Sample.Desired().Spec.Nodes[0] with
    {
        Identity = new NodeIdentity { Uuid = "AAAA", Mac = "52:54:00:aa:bb:cc", Serial = "S1" },
    };

    private static readonly NodeObservation Right = Sample.Maintenance(Node) with { Uuid = "aaaa", Macs = ["52:54:00:AA:BB:CC", "52:54:00:aa:bb:cd"], Serial = "S1" };

    [Fact]
    public void A_machine_with_all_marks_is_the_right_one_whatever_their_case() => Assert.Empty(NodeIdentityCheck.Mismatches(Node, Right));

    [Fact]
    public void Every_wrong_mark_is_named_with_what_was_found()
    {
        var found = NodeIdentityCheck.Mismatches(Node, Right with { Uuid = "bbbb", Macs = [], Serial = null });

        Assert.Equal(["UUID", "serial number", "MAC"], found.Select(mismatch => mismatch.Mark));
        Assert.Equal(["bbbb", "nothing", "nothing"], found.Select(mismatch => mismatch.Found));
    }

    [Fact]
    public void A_worker_where_the_spec_has_a_control_plane_is_refused()
    {
        var mismatch = Assert.Single(NodeIdentityCheck.Mismatches(Node, Right with { Mode = NodeMode.Configured, MachineType = "worker" }));

        Assert.Equal(new IdentityMismatch("role", "controlplane", "worker"), mismatch);
    }

    [Fact]
    public void A_node_that_is_away_is_no_mismatch() =>
        Assert.Empty(NodeIdentityCheck.Mismatches(Node, Right with { Mode = NodeMode.Unreachable, Uuid = null }));
}
