using Slipway.Core.MachineConfig.Rendering;
using Slipway.Core.Policies;
using Slipway.Core.Spec;
using Slipway.Tests.Cilium;
using Slipway.Tests.MachineConfig.Rendering;

namespace Slipway.Tests.Policies;

public sealed class ValidatorNodesTests
{
    [Theory]
    [InlineData("agave", null, true)]
    [InlineData("firedancer", null, true)]
    [InlineData("db", null, false)]
    [InlineData(null, null, false)]
    [InlineData(null, "validator", true)]
    [InlineData("agave", "none", false)]
    public void A_worker_is_a_validator_by_its_profile_unless_its_label_says_otherwise(string? profile, string? role, bool validator)
    {
        var node = Clusters.Node("w", "10.0.0.21", NodeRole.Worker) with
        {
            Profile = profile,
            Labels = role is null ? new Dictionary<string, string>() : new Dictionary<string, string> { [ValidatorNodes.LabelKey] = role },
        };

        Assert.Equal(validator, ValidatorNodes.Contains(node));
    }

    [Theory]
    [InlineData("1.13.9")]
    [InlineData("1.14.0")]
    public void The_machine_config_of_a_validator_sets_the_label_that_policies_select(string talos)
    {
        var config = new Rendered(NodeRenderer.Render(Rendered.Request(talos, NodeRole.Worker, node => node with { Profile = "agave" })));

        Assert.Equal("validator", config["KubeNodeConfig", "labels.slipway/role"] ?? config["v1alpha1", "machine.nodeLabels.slipway/role"]);
    }
}
