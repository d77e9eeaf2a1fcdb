using System.Diagnostics;
using Slipway.Core.Cilium;
using Slipway.Core.Spec;
using Slipway.Kubernetes.Helm;
using Slipway.Tests.Cilium;

namespace Slipway.Tests.Kubernetes.Helm;

public sealed class StandInChartTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("slipway-chart-");

    [Theory]
    [InlineData(MasqueradeProfile.None, AccelerationProfile.Disabled)]
    [InlineData(MasqueradeProfile.Ebpf, AccelerationProfile.Native)]
    public async Task Renders_with_the_values_of_every_profile(MasqueradeProfile masquerade, AccelerationProfile acceleration)
    {
        var values = Path.Combine(_folder.FullName, "values.yaml");
        await File.WriteAllTextAsync(values, CiliumValues.ToYaml(CiliumValues.For(Clusters.Usual.With(cilium => cilium with { Masquerade = masquerade, Acceleration = acceleration }))), TestContext.Current.CancellationToken);

        var rendered = await HelmAsync("template", "cilium", StandInChart.Unpack(_folder.FullName, "v1.16.19"), "-n", "kube-system", "-f", values);

        Assert.Contains("hostNetwork: true", rendered, StringComparison.Ordinal);
        Assert.Contains("image: \"slipway.invalid/stand-in/cilium:1.16.19\"", rendered, StringComparison.Ordinal);
        Assert.Contains("cluster-name: \"sol\"", rendered, StringComparison.Ordinal);
        Assert.Contains("name: hubble-relay", rendered, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Passes_helms_own_lint() => Assert.Contains("0 chart(s) failed", await HelmAsync("lint", StandInChart.Unpack(_folder.FullName)), StringComparison.Ordinal);

    public void Dispose() => _folder.Delete(recursive: true);

    private async Task<string> HelmAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(StandIn.Program(), arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["HOME"] = _folder.FullName;
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, await error);
        return await output;
    }
}
