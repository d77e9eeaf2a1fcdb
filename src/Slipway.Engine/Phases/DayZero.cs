using Slipway.Core.Planning.Upgrades;
using Slipway.Core.Spec;
using Slipway.Engine.Running;

namespace Slipway.Engine.Phases;

/// <summary>A day-0 run, from top to bottom.</summary>
internal static class DayZero
{
    public static IReadOnlyList<IPhase> Phases { get; } =
    [
        new ConnectPhase(),
        new PreflightPhase(),
        new SecretsPhase(),
        new UpgradePhase(UpgradeMoment.BeforeConfig),
        new ConfigurePhase(NodeRole.ControlPlane),
        new ConfigurePhase(NodeRole.Worker),
        new InstallPhase(),
        new UpgradePhase(UpgradeMoment.AfterConfig),
        new BootstrapPhase(),
        new EtcdPhase(),
        new AccessPhase(),
        new ControlPlanePhase(),
        new UncordonPhase(),
        new CiliumPhase(),
        new NodesPhase(),
        new PoliciesPhase(),
        new VerifyPhase(),
    ];
}
