using Slipway.Core.Planning;
using Slipway.Core.Spec;
using Slipway.Engine.Ports;

namespace Slipway.Cli.Composition;

/// <summary>Looks for helm when it is first needed: a plan for blank machines needs none.</summary>
internal sealed class DeferredHelm(Func<IHelm> find) : IHelm
{
    private readonly Lazy<IHelm> _helm = new(find);

    public Task<string> VersionAsync(CancellationToken cancellationToken) => _helm.Value.VersionAsync(cancellationToken);

    public Task CheckChartAsync(ChartSource chart, string version, CancellationToken cancellationToken) =>
        _helm.Value.CheckChartAsync(chart, version, cancellationToken);

    public Task<ReleaseObservation?> FindAsync(HelmTarget target, CancellationToken cancellationToken) => _helm.Value.FindAsync(target, cancellationToken);

    public Task UpgradeAsync(HelmTarget target, HelmUpgrade upgrade, CancellationToken cancellationToken) =>
        _helm.Value.UpgradeAsync(target, upgrade, cancellationToken);

    public Task ClearPendingAsync(HelmTarget target, ReleaseObservation pending, CancellationToken cancellationToken) =>
        _helm.Value.ClearPendingAsync(target, pending, cancellationToken);
}
