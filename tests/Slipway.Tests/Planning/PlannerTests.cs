using System.Text.Json.Nodes;
using CsCheck;
using Slipway.Core.Planning;
using Slipway.Core.Secrets;

namespace Slipway.Tests.Planning;

public sealed class PlannerTests
{
    private static readonly Gen<DesiredState> AnyDesired =
        Gen.Select(Gen.Int[0, 2].Select(i => (2 * i) + 1), Gen.Int[0, 20], Gen.Int[10, 14].Select(minor => $"1.{minor}.0"))
            .Select(Sample.Desired);

    /// <summary>Each part of a converged state may be missing or wrong, in any combination.</summary>
    private static readonly Gen<(DesiredState Desired, ObservedState Observed)> AnyState =
        Gen.Select(AnyDesired, Gen.Int[0, 255], Gen.Int[0, 1000]).Select((desired, damage, seed) => (desired, Damage(desired, damage, seed)));

    [Fact]
    public void Planning_a_converged_state_is_empty() =>
        AnyDesired.Sample(desired => Planner.Plan(desired, Sample.Converged(desired)).IsEmpty);

    [Fact]
    public void Plans_are_deterministic() =>
        AnyState.Sample(state => Print(Planner.Plan(state.Desired, state.Observed)) == Print(Planner.Plan(state.Desired, state.Observed)));

    [Fact]
    public void A_plan_that_was_carried_out_leaves_an_empty_plan() =>
        AnyState.Sample(state =>
        {
            var after = Carry(state.Desired, state.Observed, Planner.Plan(state.Desired, state.Observed));
            return Planner.Plan(state.Desired, after).IsEmpty;
        });

    [Fact]
    public void Blank_nodes_are_installed_control_planes_first_then_etcd_then_Cilium_then_policies()
    {
        var desired = Sample.Desired(controlPlanes: 3, workers: 1);

        var plan = Planner.Plan(desired, Sample.Blank(desired));

        Assert.Equal(
            ["secrets.yaml", "cp1", "cp2", "cp3", "w1", "etcd", "talosconfig", "kubeconfig", "release/cilium", "CiliumClusterwideNetworkPolicy/a", "CiliumClusterwideNetworkPolicy/b"],
            plan.Actions.Select(action => action.Target));
        Assert.All(plan.Actions.Where(action => action.Phase is PhaseIds.ControlPlanes or PhaseIds.Workers), action => Assert.Equal(ActionCost.Install, action.Cost));
    }

    [Fact]
    public void Bootstrap_is_asked_of_the_node_that_an_earlier_run_chose()
    {
        var desired = Sample.Desired();
        var observed = Sample.Blank(desired) with { Local = new LocalObservation { HasSecrets = true, Bootstrap = new BootstrapRecord("cp2", Confirmed: false) } };

        var bootstrap = Assert.Single(Planner.Plan(desired, observed).Actions, action => action.Phase == PhaseIds.Bootstrap);

        Assert.Contains("cp2", bootstrap.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void A_control_plane_that_says_it_is_an_etcd_member_is_never_bootstrapped_over()
    {
        var desired = Sample.Desired();
        var converged = Sample.Converged(desired);
        var nodes = new Dictionary<string, NodeObservation>(converged.Nodes)
        {
            ["cp1"] = Sample.Maintenance(desired.Spec.Nodes[0]),
            ["cp2"] = converged.Nodes["cp2"] with { EtcdMemberId = "7f" },
        };

        var plan = Planner.Plan(desired, new ObservedState(nodes, converged.Cluster with { Etcd = null }, new LocalObservation { HasSecrets = true }));

        Assert.DoesNotContain(plan.Actions, action => action.Phase == PhaseIds.Bootstrap);
        Assert.Contains(plan.Actions, action => action.Target == "cp1");
    }

    [Fact]
    public void Of_an_API_that_does_not_answer_nothing_is_claimed()
    {
        var desired = Sample.Desired();
        var converged = Sample.Converged(desired);
        var silent = converged with { Cluster = ClusterObservation.Nothing with { Etcd = converged.Cluster.Etcd } };

        var plan = Planner.Plan(desired, silent);

        Assert.Empty(plan.Actions);
        Assert.Contains("does not answer", Assert.Single(plan.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_release_that_helm_left_pending_is_repaired_though_its_values_are_right()
    {
        var desired = Sample.Desired();
        var converged = Sample.Converged(desired);
        var pending = converged with { Cluster = converged.Cluster with { Release = converged.Cluster.Release! with { Status = "pending-install" } } };

        var action = Assert.Single(Planner.Plan(desired, pending).Actions);

        Assert.Equal("release/cilium", action.Target);
        Assert.Contains("pending-install", action.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void No_secret_of_a_config_is_printed_in_a_plan()
    {
        var desired = Sample.Desired(controlPlanes: 1, workers: 0);
        var converged = Sample.Converged(desired);
        var nodes = new Dictionary<string, NodeObservation>(converged.Nodes)
        {
            ["cp1"] = converged.Nodes["cp1"] with { Config = new Sensitive(desired.Configs["cp1"].Reveal().Replace("token: secret", "token: other-secret", StringComparison.Ordinal)) },
        };

        var plan = Planner.Plan(desired, converged with { Nodes = nodes });

        Assert.Single(Assert.Single(plan.Actions).Changes);
        Assert.DoesNotContain("secret", string.Join('\n', plan.Actions[0].Changes.Select(change => $"{change.Before} {change.After}")), StringComparison.Ordinal);
    }

    private static ObservedState Damage(DesiredState desired, int damage, int seed)
    {
        var state = Sample.Converged(desired);
        var nodes = new Dictionary<string, NodeObservation>(state.Nodes);
        var victim = desired.Spec.Nodes[seed % desired.Spec.Nodes.Count];
        if ((damage & 1) != 0)
        {
            nodes[victim.Name] = Sample.Maintenance(victim);
        }

        if ((damage & 2) != 0 && nodes[victim.Name].Config is { } config)
        {
            nodes[victim.Name] = nodes[victim.Name] with { Config = new Sensitive(config.Reveal().Replace("hostname:", "hostname: x", StringComparison.Ordinal)) };
        }

        var cluster = state.Cluster;
        cluster = (damage & 4) != 0 ? cluster with { Release = null } : cluster;
        cluster = (damage & 8) != 0 ? cluster with { Objects = new Dictionary<ManifestId, JsonObject>() } : cluster;
        cluster = (damage & 16) != 0 ? cluster with { Etcd = null } : cluster;
        var local = state.Local;
        local = (damage & 32) != 0 ? local with { HasKubeconfig = false } : local;
        local = (damage & 64) != 0 ? local with { HasSecrets = false, Bootstrap = null } : local;
        local = (damage & 128) != 0 ? local with { HasTalosconfig = false } : local;
        return new ObservedState(nodes, cluster, local);
    }

    /// <summary>What the world looks like when each action of the plan did what it says: no more than that.</summary>
    private static ObservedState Carry(DesiredState desired, ObservedState before, Plan plan)
    {
        var converged = Sample.Converged(desired);
        var nodes = new Dictionary<string, NodeObservation>(before.Nodes);
        var objects = new Dictionary<ManifestId, JsonObject>(before.Cluster.Objects);
        var (cluster, local) = (before.Cluster, before.Local);
        foreach (var action in plan.Actions)
        {
            switch (action.Phase)
            {
                case PhaseIds.Secrets:
                    local = local with { HasSecrets = true };
                    break;
                case PhaseIds.ControlPlanes or PhaseIds.Workers:
                    nodes[action.Target] = converged.Nodes[action.Target];
                    break;
                case PhaseIds.Bootstrap:
                    cluster = cluster with { Etcd = converged.Cluster.Etcd };
                    break;
                case PhaseIds.Access:
                    local = action.Target == "kubeconfig" ? local with { HasKubeconfig = true } : local with { HasTalosconfig = true };
                    break;
                case PhaseIds.Cilium:
                    cluster = cluster with { Release = converged.Cluster.Release };
                    break;
                case PhaseIds.Policies:
                    var policy = desired.Policies.Single(policy => policy.Id.ToString() == action.Target);
                    objects[policy.Id] = converged.Cluster.Objects[policy.Id];
                    break;
            }
        }

        return new ObservedState(nodes, cluster with { Objects = objects }, local);
    }

    private static string Print(Plan plan) =>
        string.Join('\n', plan.Actions.Select(action => $"{action.Phase} {action.Target} {action.Kind} {action.Cost} {action.Summary} {string.Join(',', action.Changes)}").Concat(plan.Warnings));
}
