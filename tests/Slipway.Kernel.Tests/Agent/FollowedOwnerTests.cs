using Slipway.Kernel.Tests.Machine;
using Slipway.Xdp.Interop;

namespace Slipway.Kernel.Tests.Agent;

/// <summary>The agent in front of an owner that updates its program, exits and starts again as it likes.</summary>
public sealed class FollowedOwnerTests : IDisposable
{
    private readonly VethPair _wire = new();
    private readonly AgentHome _home;

    public FollowedOwnerTests()
    {
        _home = new AgentHome(_wire.Node);
        _home.Configure(Wishes.Guard("follow"));
    }

    [Fact]
    public void An_owner_that_exits_and_starts_again_never_finds_the_slot_taken_and_no_packet_is_lost()
    {
        using var traffic = new GuardedTraffic(_wire);
        using var agent = _home.StartUntil(status => AttachMatrixTests.Attached(status, "tcx"));
        traffic.MustNotLeak();

        for (var life = 0; life < 4; life++)
        {
            using var agave = new OwnerProgram("agave_xdp", OwnerProgram.Pass, frags: false);
            // The attaching asserts that it succeeds: EBUSY would keep a validator from starting.
            using (Attach(agave))
            {
                _home.UntilSeen(() => NameInSlot() == "slw_xdp_plain");
                _home.Until(status => status.Interfaces is [{ Attach: "follow", Why: "" } nic] && nic.Owner.StartsWith("Agave's agave_xdp", StringComparison.Ordinal));
                traffic.MustNotLeak();
            }

            _home.UntilSeen(() => NameInSlot().Length == 0);
            _home.Until(status => AttachMatrixTests.Attached(status, "tcx"));
            traffic.MustNotLeak();
        }

        traffic.FinishWithoutLoss();
    }

    [Fact]
    public void Updates_of_the_owners_are_followed_and_no_packet_is_lost()
    {
        using var traffic = new GuardedTraffic(_wire);
        using var first = new OwnerProgram("cil_xdp_entry", OwnerProgram.Pass);
        using var second = new OwnerProgram("cil_xdp_entry", OwnerProgram.Pass);
        using var link = Attach(first);
        using var agent = _home.StartUntil(status => AttachMatrixTests.Attached(status, "follow"));

        for (var update = 0; update < 6; update++)
        {
            // As Cilium does on each regeneration: without a look at what is there.
            using (var current = Bpf.OpenProgram(Bpf.LinkFactsOf(link).ProgramId)!)
            {
                Assert.Equal(0, Bpf.TryLinkReplace(link, (update % 2 == 0 ? second : first).Handle, current));
            }

            _home.UntilSeen(() => NameInSlot() == "slw_xdp_frags");
            traffic.MustNotLeak();
        }

        traffic.FinishWithoutLoss();
    }

    [Theory]
    [InlineData("cil_xdp_entry", true, true, "slw_xdp_frags")]
    [InlineData("agave_xdp", false, true, "slw_xdp_plain")]
    [InlineData("", false, false, "slw_xdp_plain0")]
    [InlineData("somebody", true, false, "slw_xdp_frags0")]
    public void Owners_of_every_kind_are_joined_and_get_their_slot_back_when_the_agent_detaches(string name, bool frags, bool typed, string variant)
    {
        _home.Configure(Wishes.Guard("follow", more: ", \"onExit\": \"detach\""));
        using var owner = new OwnerProgram(name, OwnerProgram.Pass, frags, typed, sockets: name.Length == 0 ? "fd_xdp_xsks" : null);
        using var link = Attach(owner);
        using var agent = _home.StartUntil(status => AttachMatrixTests.Attached(status, "follow"));
        Assert.Equal(variant, NameInSlot());
        Assert.True(name.Length > 0 || _home.Status()!.Interfaces[0].Owner.StartsWith("Firedancer's", StringComparison.Ordinal));

        Assert.Equal(0, agent.Stop());

        Assert.Equal(owner.Id, _wire.Nic.Program);
        Assert.Empty(Directory.EnumerateFiles(_home.Pins, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void A_killed_agent_leaves_filter_and_owner_at_work_and_the_next_one_takes_over()
    {
        using var traffic = new GuardedTraffic(_wire);
        using var owner = new OwnerProgram("cil_xdp_entry", OwnerProgram.Pass);
        using var link = Attach(owner);
        var agent = _home.StartUntil(status => AttachMatrixTests.Attached(status, "follow"));
        traffic.MustNotLeak();
        var leaked = traffic.Leaked;

        for (var life = 0; life < 2; life++)
        {
            agent.Kill();
            var before = _wire.Nic.Program;
            Assert.Equal("slw_xdp_frags", NameInSlot());
            traffic.Advance(200);
            agent = _home.StartUntil(status => status.Interfaces is [{ Attach: "follow" } nic] && nic.Owner.Contains(owner.Id.ToString(), StringComparison.Ordinal));
            Assert.NotEqual(before, _wire.Nic.Program);
        }

        traffic.MustNotLeak();
        Assert.Equal(leaked, traffic.Leaked);
        traffic.FinishWithoutLoss();
        Assert.Single(Directory.EnumerateFiles(_home.Pins, "next-*", SearchOption.AllDirectories));
    }

    [Fact]
    public void A_second_agent_from_elsewhere_does_not_fight()
    {
        using var owner = new OwnerProgram("cil_xdp_entry", OwnerProgram.Pass);
        using var link = Attach(owner);
        using var first = _home.StartUntil(status => AttachMatrixTests.Attached(status, "follow"));
        var before = _wire.Nic.Program;
        using var elsewhere = new AgentHome(_wire.Node);
        elsewhere.Configure(Wishes.Guard("follow"));
        using var second = elsewhere.StartUntil(status => AttachMatrixTests.Attached(status, "tcx"));

        Assert.Contains("two that follow would fight", elsewhere.Status()!.Interfaces[0].Why, StringComparison.Ordinal);
        Assert.Equal(before, _wire.Nic.Program);
    }

    public void Dispose()
    {
        _home.Dispose();
        _wire.Dispose();
    }

    private BpfHandle Attach(OwnerProgram owner) => _wire.Node.Inside(() => owner.Attach(VethPair.NicHere().Index));

    private string NameInSlot()
    {
        var id = _wire.Nic.Program;
        using var program = id == 0 ? null : Bpf.OpenProgram(id);
        return program is null ? "" : Bpf.ProgramFactsOf(program).Name;
    }
}
