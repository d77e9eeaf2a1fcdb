using Slipway.Core.Planning;
using Slipway.Core.Spec;

namespace Slipway.Engine.Ports;

/// <summary>The helm program. Calls fail with a <see cref="Core.Failures.SlipwayException"/> that shows helm's whole stderr.</summary>
public interface IHelm
{
    /// <summary><c>v4.1.4</c>; fails when there is no helm to run.</summary>
    Task<string> VersionAsync(CancellationToken cancellationToken);

    /// <summary>Fails unless helm can get the chart, and in this version, from where it is to come.</summary>
    Task CheckChartAsync(ChartSource chart, string version, CancellationToken cancellationToken);

    /// <summary>The release in whatever state it is, or null.</summary>
    Task<ReleaseObservation?> FindAsync(HelmTarget target, CancellationToken cancellationToken);

    /// <summary><c>helm upgrade --install</c> without --wait: readiness is Slipway's own to judge.</summary>
    Task UpgradeAsync(HelmTarget target, HelmUpgrade upgrade, CancellationToken cancellationToken);

    /// <summary>Clears a release that a killed helm left pending: rolls back to the last deployed revision or forgets the record.</summary>
    Task ClearPendingAsync(HelmTarget target, ReleaseObservation pending, CancellationToken cancellationToken);
}

/// <param name="KubeconfigPath">A file of mode 0600.</param>
public sealed record HelmTarget(string Release, string Namespace, string KubeconfigPath);

/// <param name="ValuesPath">A YAML file.</param>
/// <param name="Progress">Called for each line that helm prints.</param>
public sealed record HelmUpgrade(ChartSource Chart, string ChartVersion, string ValuesPath, TimeSpan Timeout, Action<string> Progress);
