using System.Globalization;
using Slipway.Core.Failures;
using Slipway.Core.Spec;
using Slipway.Engine.Ports;

namespace Slipway.Kubernetes.Helm;

/// <summary>Install and upgrade.</summary>
public sealed partial class HelmCli
{
    private const int HistoryMax = 10;

    /// <summary>What helm may take beyond its own --timeout, which counts single operations and not the whole.</summary>
    private static readonly TimeSpan s_margin = TimeSpan.FromMinutes(2);

    public async Task UpgradeAsync(HelmTarget target, HelmUpgrade upgrade, CancellationToken cancellationToken)
    {
        var chart = ChartArguments.For(upgrade.Chart, upgrade.ChartVersion, workFolder);
        if (ChartArguments.IsLocal(upgrade.Chart))
        {
            await CheckChartAsync(upgrade.Chart, upgrade.ChartVersion, cancellationToken);
        }

        List<string> arguments =
        [
            "upgrade", target.Release, .. chart, "--install", "--values", upgrade.ValuesPath, "--history-max", $"{HistoryMax}",
            "--timeout", string.Create(CultureInfo.InvariantCulture, $"{upgrade.Timeout.TotalSeconds:0}s"),
        ];
        var result = await RunAsync(target, arguments, upgrade.Timeout + s_margin, upgrade.Progress, cancellationToken);
        if (result.ExitCode != 0 && HelmErrors.ConflictingManagers(result) is { Count: > 0 } managers && managers.All(IsHand))
        {
            upgrade.Progress($"fields were changed by {string.Join(", ", managers)}; taking them back for the release");
            result = await RunAsync(target, [.. arguments, "--force-conflicts"], upgrade.Timeout + s_margin, upgrade.Progress, cancellationToken);
        }

        Succeeded(result, $"installing {(upgrade.Chart.Kind == ChartSourceKind.StandIn ? "the stand-in chart" : upgrade.Chart.Location)} {upgrade.ChartVersion} as {target.Namespace}/{target.Release}");
    }

    /// <summary>
    /// Hands and earlier helms: what they changed in the release's objects, the release may take back. A controller's fields are
    /// never forced: it would only write them again, and the two would fight for ever.
    /// </summary>
    private static bool IsHand(string manager) =>
        manager is "helm" or "slipway" || manager == "kubectl" || manager.StartsWith("kubectl-", StringComparison.Ordinal);

    public async Task CheckChartAsync(ChartSource chart, string version, CancellationToken cancellationToken)
    {
        var shown = Succeeded(
            await _helm.RunAsync(["show", "chart", .. ChartArguments.For(chart, version, workFolder)], HelmSecrets.None, s_query, null, cancellationToken),
            $"reading the chart {chart.Location} {version}");
        var found = ChartVersionLine().Match(shown.Output).Groups[1].Value.TrimStart('v');
        if (found != version.TrimStart('v'))
        {
            throw new SlipwayException(FailureReason.BadInput, $"the chart {chart.Location} is version {found}, and cilium.version is {version}")
            {
                Expected = version,
                Found = found,
                Hint = "give the chart of that version, or set cilium.version to the chart's",
            };
        }
    }
}
