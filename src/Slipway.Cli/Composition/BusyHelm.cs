using Slipway.Core.Planning;
using Slipway.Core.Spec;
using Slipway.Engine.Ports;
using Slipway.Rehearsal;

namespace Slipway.Cli.Composition;

/// <summary>Holds a rehearsal's clock still while the real helm works: its time is not virtual.</summary>
internal sealed class BusyHelm(IHelm helm, VirtualClock clock) : IHelm
{
    public async Task<string> VersionAsync(CancellationToken cancellationToken)
    {
        using var busy = clock.Busy();
        return await helm.VersionAsync(cancellationToken);
    }

    public async Task CheckChartAsync(ChartSource chart, string version, CancellationToken cancellationToken)
    {
        using var busy = clock.Busy();
        await helm.CheckChartAsync(chart, version, cancellationToken);
    }

    public async Task<ReleaseObservation?> FindAsync(HelmTarget target, CancellationToken cancellationToken)
    {
        using var busy = clock.Busy();
        return await helm.FindAsync(target, cancellationToken);
    }

    public async Task UpgradeAsync(HelmTarget target, HelmUpgrade upgrade, CancellationToken cancellationToken)
    {
        using var busy = clock.Busy();
        await helm.UpgradeAsync(target, upgrade, cancellationToken);
    }

    public async Task ClearPendingAsync(HelmTarget target, ReleaseObservation pending, CancellationToken cancellationToken)
    {
        using var busy = clock.Busy();
        await helm.ClearPendingAsync(target, pending, cancellationToken);
    }
}
