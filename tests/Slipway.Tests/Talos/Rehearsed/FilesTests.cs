using System.Text;
using Slipway.Core.Failures;
using Slipway.Talos.Api;
using Slipway.Tests.Rehearsal.Nodes;

namespace Slipway.Tests.Talos.Rehearsed;

[Collection(SharedControlPlanesCollection.Name)]
public sealed class FilesTests(SharedControlPlanes planes)
{
    private static CancellationToken Cancel => ControlPlane.Cancel;

    [Fact]
    public async Task A_file_is_read_by_administrators_over_both_kinds_of_tls()
    {
        var plane = await planes.Of("v1.13.2");
        Assert.Equal("cp1\n", await new FilesApi(plane.Admin).ReadTextAsync("/etc/hostname", Cancel));
        Assert.Equal("2\n", await new FilesApi(plane.AsTalosctl("os:admin")).ReadTextAsync("/proc/sys/net/core/bpf_jit_harden", Cancel));
        await ControlPlane.Refused(FailureReason.PermissionDenied, () => new FilesApi(plane.Reader).ReadTextAsync("/etc/hostname", Cancel));
        await ControlPlane.Refused(FailureReason.NotFound, () => new FilesApi(plane.Admin).ReadTextAsync("/etc/none", Cancel));
    }

    [Fact]
    public async Task A_folder_is_listed_to_readers_with_itself_first()
    {
        var files = new FilesApi((await planes.Of("v1.12.6")).Reader);
        var entries = await files.ListAsync("/etc", depth: 1, Cancel);
        Assert.Equal([".", "cri", "hostname", "os-release", "resolv.conf"], entries.Select(entry => entry.RelativePath));
        Assert.Equal(["/etc", "/etc/cri", "/etc/hostname"], entries.Take(3).Select(entry => entry.Path));
        Assert.Equal([true, true, false], entries.Take(3).Select(entry => entry.IsFolder));
        // Talos sends the mode bits of Go, whose lowest nine are those of Unix.
        Assert.Equal(0b110_100_100u, entries[2].Mode & 0x1FF);
        Assert.Null(entries[2].Link);
        await ControlPlane.Refused(FailureReason.NotFound, () => files.ListAsync("/none", depth: 1, Cancel));
    }

    [Theory]
    [InlineData("v1.10.7")]
    [InlineData("v1.14.0")]
    public async Task A_kubeconfig_leads_to_the_clusters_endpoint(string talos)
    {
        var plane = await planes.Of(talos);
        var kubeconfig = (await new FilesApi(plane.Admin).KubeconfigAsync(Cancel)).Reveal();
        Assert.Contains($"server: {plane.Bench.Host.Endpoint.GetLeftPart(UriPartial.Authority)}\n", kubeconfig, StringComparison.Ordinal);
        Assert.Contains(Convert.ToBase64String(Encoding.UTF8.GetBytes(ConfigText.Secrets.Kubernetes.Certificate)), kubeconfig, StringComparison.Ordinal);
        await ControlPlane.Refused(FailureReason.PermissionDenied, () => new FilesApi(plane.Reader).KubeconfigAsync(Cancel));
    }

    [Theory]
    [InlineData("v1.12.6")]
    [InlineData("v1.13.2")]
    public async Task A_blank_node_gives_no_files_out(string talos)
    {
        await using var plane = await ControlPlane.BlankAsync(talos);
        var files = new FilesApi(plane.Insecure());
        await ControlPlane.Refused(FailureReason.MaintenanceMode, () => files.ReadTextAsync("/etc/hostname", Cancel));
        await ControlPlane.Refused(FailureReason.MaintenanceMode, () => files.KubeconfigAsync(Cancel));
    }
}
