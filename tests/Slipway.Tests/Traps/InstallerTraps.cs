using Slipway.Core.Planning;
using Slipway.Tests.Planning;

namespace Slipway.Tests.Traps;

public sealed class InstallerTraps
{
    [Fact, Trap(15)]
    public void Trap_15_a_config_that_names_another_image_is_not_taken_for_an_upgrade()
    {
        var usual = Sample.Desired(1, 0);
        var desired = usual with { Spec = usual.Spec with { Extensions = ["siderolabs/bird2"] } };
        var converged = Sample.Converged(desired);
        // The node has the very config that is wanted, and boots without the extension all the same.
        var observed = converged with { Nodes = converged.Nodes.ToDictionary(pair => pair.Key, pair => pair.Value with { Boot = new BootObservation() }) };

        var action = Assert.Single(Planner.Plan(desired, observed).Actions);

        Assert.Equal(("cp1", ActionCost.Upgrade), (action.Target, action.Cost));
        Assert.Contains(action.Changes, change => change.Path == "extensions" && change.After == "siderolabs/bird2");
    }
}
