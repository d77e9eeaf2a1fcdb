using Slipway.Core.MachineConfig;
using Slipway.Core.Planning;
using Slipway.Core.Versions;

namespace Slipway.Tests.Planning;

public sealed class ApplyCostTests
{
    [Theory]
    [InlineData("1.13.9", "v1alpha1", "machine.sysctls.net.core.rmem_max", ActionCost.Live)]
    [InlineData("1.13.9", "v1alpha1", "machine.features.kubePrism.port", ActionCost.Live)]
    [InlineData("1.13.9", "v1alpha1", "machine.features.rbac", ActionCost.Reboot)]
    [InlineData("1.13.9", "v1alpha1", "machine.files[0].path", ActionCost.Reboot)]
    [InlineData("1.13.9", "v1alpha1", "machine.caretaker", ActionCost.Reboot)]
    [InlineData("1.13.9", "v1alpha1", "cluster.apiServer.certSANs[1]", ActionCost.Live)]
    [InlineData("1.13.9", "LinkConfig/enp1s0", "mtu", ActionCost.Live)]
    [InlineData("1.14.0", "v1alpha1", "machine.files[0].path", ActionCost.Live)]
    public void A_change_costs_what_Talos_of_that_version_makes_of_it(string talos, string document, string path, ActionCost cost) =>
        Assert.Equal(cost, ApplyCost.Of([new ConfigChange { Kind = ChangeKind.Changed, Document = document, Path = path }], ReleaseVersion.Parse(talos)));
}
