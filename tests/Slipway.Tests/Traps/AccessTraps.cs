using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Slipway.Core.Failures;
using Slipway.Core.Planning;
using Slipway.Engine.Ports;
using Slipway.Talos.Cosi;
using Slipway.Talos.Pki;
using Slipway.Tests.Talos;
using Slipway.Tests.Talos.Rehearsed;
using Slipway.Tests.Talos.Server;

namespace Slipway.Tests.Traps;

/// <summary>Keys, certificates, clocks and roles.</summary>
[Collection(SharedControlPlanesCollection.Name)]
public sealed class AccessTraps(SharedControlPlanes planes)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact, Trap(1)]
    public async Task Trap_1_a_foreign_talosconfigs_Ed25519_key_is_used_and_our_own_is_one_that_dotnet_can_use()
    {
        await using var server = await FakeTalosServer.StartAsync(FakeNode.Configured());
        var foreign = TestPki.Cluster.Ed25519Client("os:admin");
        Assert.StartsWith("-----BEGIN ED25519 PRIVATE KEY-----", foreign.Key!.Reveal(), StringComparison.Ordinal);
        await using var fleet = new FleetOf(server.Port, foreign);
        Assert.Equal(NodeMode.Configured, (await fleet.Node.ObserveAsync(ObservationDepth.Stage, Cancel)).Mode);

        using var own = ClientIdentity.Mint(TestPki.Cluster.Ca, [TalosRoles.Admin], TimeSpan.FromHours(1), TestPki.Now).ToX509();
        Assert.NotNull(own.GetECDsaPrivateKey());
        var usages = Assert.Single(own.Extensions.OfType<X509EnhancedKeyUsageExtension>()).EnhancedKeyUsages.OfType<Oid>();
        Assert.Equal("1.3.6.1.5.5.7.3.2", Assert.Single(usages).Value);
        Assert.Equal("O=os:admin", own.Subject);
    }

    [Fact, Trap(19)]
    public async Task Trap_19_a_pinned_fingerprint_counts_in_maintenance_mode_only_and_the_clusters_CA_after_it()
    {
        const string pinned = "DPEVy4oUQG3rjFBbH4lYGQFFXmUXJ4tXqXIKfWfZB2c=";
        var node = FakeNode.InMaintenance();
        await using var server = await FakeTalosServer.StartAsync(node);
        await using var fleet = new FleetOf(server.Port, fingerprint: pinned);

        var before = await fleet.Node.ObserveAsync(ObservationDepth.Stage, Cancel);
        node.Tls = FakeNode.Configured().Tls;
        var after = await fleet.Node.ObserveAsync(ObservationDepth.Stage, Cancel);

        Assert.Equal((NodeMode.Unreachable, FailureReason.UntrustedPeer), (before.Mode, before.Failure?.Reason));
        Assert.Equal(NodeMode.Configured, after.Mode);
    }

    [Fact, Trap(20)]
    public async Task Trap_20_a_node_from_the_future_is_told_by_its_clock_and_our_own_certificates_have_slack()
    {
        var node = FakeNode.Configured();
        node.Tls = node.Tls with { Identity = TestPki.Cluster.Server(TestPki.Now.AddHours(3)) };
        await using var server = await FakeTalosServer.StartAsync(node);
        await using var fleet = new FleetOf(server.Port);

        var seen = await fleet.Node.ObserveAsync(ObservationDepth.Stage, Cancel);

        Assert.Contains("clock", seen.Failure!.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(TestPki.Now.AddHours(-1), ClientIdentity.Mint(TestPki.Cluster.Ca, [TalosRoles.Admin], TimeSpan.FromHours(1), TestPki.Now).NotBefore);
    }

    [Fact, Trap(34)]
    public async Task Trap_34_who_cannot_see_a_config_does_not_take_it_for_the_wanted_one()
    {
        var state = new ResourceState((await planes.Of("v1.13.2")).Reader);
        Assert.Null(await new NodeFacts(state).ConfigAsync(Cancel));

        var desired = Planning.Sample.Desired();
        var observed = Planning.Sample.Converged(desired);
        var unseen = observed with { Nodes = observed.Nodes.ToDictionary(pair => pair.Key, pair => pair.Value with { Config = null }) };
        var plan = Planner.Plan(desired, unseen);
        Assert.Contains(plan.Warnings, warning => warning.Contains("cp1: its machine config was not to be seen", StringComparison.Ordinal));
        Assert.DoesNotContain(Planner.Plan(desired, observed).Warnings, warning => warning.Contains("not to be seen", StringComparison.Ordinal));
    }
}
