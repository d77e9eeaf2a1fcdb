using System.Text;
using Slipway.Core.Failures;
using Slipway.Rehearsal;
using Slipway.Talos.Api;

namespace Slipway.Tests.Talos.Rehearsed;

[Collection(SharedControlPlanesCollection.Name)]
public sealed class ServicesTests(SharedControlPlanes planes)
{
    private static CancellationToken Cancel => ControlPlane.Cancel;

    [Theory]
    [InlineData("v1.10.7")]
    [InlineData("v1.14.0")]
    public async Task A_control_plane_runs_what_talos_runs_there(string talos)
    {
        var services = await new ServicesApi((await planes.Of(talos)).Reader).ListAsync(Cancel);
        Assert.Equal(["apid", "containerd", "cri", "etcd", "kubelet", "machined", "trustd"], services.Select(service => service.Id));
        Assert.All(services, service => Assert.Equal("Running", service.State));
        Assert.Null(Assert.Single(services, service => service.Id == "machined").Healthy);
        Assert.True(Assert.Single(services, service => service.Id == "etcd").Healthy);
    }

    [Theory]
    [InlineData("v1.12.6", FailureReason.MaintenanceMode)]
    [InlineData("v1.13.2", null)]
    public async Task Services_of_a_blank_node_are_told_from_1_13_on(string talos, FailureReason? refusal)
    {
        await using var plane = await ControlPlane.BlankAsync(talos);
        var services = new ServicesApi(plane.Insecure());
        if (refusal is { } reason)
        {
            await ControlPlane.Refused(reason, () => services.ListAsync(Cancel));
            return;
        }

        Assert.DoesNotContain(await services.ListAsync(Cancel), service => service.Id == "kubelet");
    }

    [Fact]
    public async Task A_restarted_service_stops_and_runs_again()
    {
        var plane = await planes.Of("v1.12.6");
        var services = new ServicesApi(plane.As("os:operator"));
        // Time stands still between the restart and the look at it.
        using (plane.Bench.Clock.Busy())
        {
            Assert.Equal("Service \"kubelet\" restarted", await services.RestartAsync("kubelet", Cancel));
            Assert.Equal("Stopping", await StateOf("kubelet"));
        }

        await plane.Bench.Pass(TimeSpan.FromSeconds(10));
        Assert.Equal("Running", await StateOf("kubelet"));

        async Task<string> StateOf(string id) => Assert.Single(await services.ListAsync(Cancel), service => service.Id == id).State;
    }

    [Theory]
    [InlineData("os:reader", "kubelet", FailureReason.PermissionDenied)]
    [InlineData("os:operator", "none", FailureReason.NotFound)]
    [InlineData("os:admin", "machined", FailureReason.Unknown)]
    public async Task A_restart_is_refused_to_readers_and_for_what_cannot_be_restarted(string role, string service, FailureReason reason)
    {
        var plane = await planes.Of("v1.12.6");
        await ControlPlane.Refused(reason, () => new ServicesApi(plane.As(role)).RestartAsync(service, Cancel));
    }

    [Fact]
    public async Task The_tail_of_a_log_is_the_end_of_all_of_it()
    {
        var services = new ServicesApi((await planes.Of("v1.13.2")).Reader);
        var all = Lines(await ReadAsync(services.LogsAsync("etcd", lastLines: null, follow: false, Cancel)));
        Assert.True(all.Length >= 2, $"{all.Length} lines");
        Assert.All(all, line => Assert.Contains(" etcd: ", line, StringComparison.Ordinal));
        Assert.Equal(all[^1..], Lines(await ReadAsync(services.LogsAsync("etcd", lastLines: 1, follow: false, Cancel))));
        Assert.Empty(await ReadAsync(services.LogsAsync("etcd", lastLines: 0, follow: false, Cancel)));
        Assert.Equal(all, Lines(await ReadAsync(services.LogsAsync("etcd", lastLines: 1000, follow: false, Cancel))));
    }

    [Fact]
    public async Task A_followed_log_stays_open_until_we_leave_it()
    {
        var services = new ServicesApi((await planes.Of("v1.13.2")).Reader);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var piece in services.LogsAsync("etcd", lastLines: 1, follow: true, enough.Token))
            {
                Assert.EndsWith("\n", Encoding.UTF8.GetString(piece.Span), StringComparison.Ordinal);
                await enough.CancelAsync();
            }
        });
    }

    [Fact]
    public async Task A_log_that_is_not_there_is_not_found()
    {
        var services = new ServicesApi((await planes.Of("v1.13.2")).Reader);
        await ControlPlane.Refused(FailureReason.NotFound, () => ReadAsync(services.LogsAsync("none", null, follow: false, Cancel)));
        await ControlPlane.Refused(FailureReason.NotFound, () => ReadAsync(services.ContainerLogsAsync("none", null, follow: false, Cancel)));
    }

    [Fact]
    public async Task The_kernels_log_begins_at_the_last_boot()
    {
        var plane = await planes.Of("v1.12.6");
        var text = await ReadAsync(new ServicesApi(plane.Reader).DmesgAsync(follow: false, Cancel));
        Assert.Contains("Command line: talos.platform=metal", text, StringComparison.Ordinal);
        Assert.Contains(plane.Node.BootedAt.ToString("yyyy-MM-ddTHH:mm:ss", System.Globalization.CultureInfo.InvariantCulture), text, StringComparison.Ordinal);
        Assert.Equal(2, plane.Count(LedgerKind.Booted));
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static async Task<string> ReadAsync(IAsyncEnumerable<ReadOnlyMemory<byte>> pieces)
    {
        var text = new StringBuilder();
        await foreach (var piece in pieces)
        {
            text.Append(Encoding.UTF8.GetString(piece.Span));
        }

        return text.ToString();
    }
}
