using Slipway.Core.Failures;
using Slipway.Core.Spec;

namespace Slipway.Kubernetes.Helm;

/// <summary>How each kind of chart source is named to helm.</summary>
internal static class ChartArguments
{
    /// <param name="workFolder">Where a stand-in chart may be unpacked.</param>
    public static IReadOnlyList<string> For(ChartSource chart, string version, string workFolder)
    {
        // Charts are versioned without the v of tags.
        version = version.TrimStart('v');
        return chart.Kind switch
        {
            ChartSourceKind.Repository => ["cilium", "--repo", chart.Location, "--version", version],
            ChartSourceKind.Oci => [chart.Location, "--version", version],
            ChartSourceKind.StandIn => [StandInChart.Unpack(Path.Combine(workFolder, "stand-in"), version)],
            ChartSourceKind.Folder when !File.Exists(Path.Combine(chart.Location, "Chart.yaml")) => throw Missing($"{chart.Location} has no Chart.yaml", "the folder of a chart"),
            ChartSourceKind.Archive when !File.Exists(chart.Location) => throw Missing($"{chart.Location} is not there", "a chart as .tgz"),
            _ => [Path.GetFullPath(chart.Location)],
        };
    }

    /// <summary>helm takes a local chart as it is and ignores --version, so it has to be looked at.</summary>
    public static bool IsLocal(ChartSource chart) => chart.Kind is ChartSourceKind.Folder or ChartSourceKind.Archive;

    private static SlipwayException Missing(string found, string expected) =>
        new(FailureReason.BadInput, $"cilium.chart: {found}") { Expected = expected };
}
