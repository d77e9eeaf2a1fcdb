using System.Net;
using Microsoft.Extensions.Time.Testing;
using Slipway.Agent.Affinity;
using Slipway.Agent.Running;
using Slipway.Xdp;
using Slipway.Xdp.Failures;
using Slipway.Xdp.Status;

namespace Slipway.Tests.Agent.Running;

public sealed class AgentLoopTests : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("slipway-agent").FullName;
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.Zero));
    private readonly FakeDataplane kernel = new();
    private readonly List<string> log = [];
    private readonly AgentLoop loop;
    private IReadOnlyList<IPAddress>? own = [IPAddress.Parse("192.0.2.9")];

    public AgentLoopTests()
    {
        var paths = new AgentPaths { Config = Path.Combine(folder, "xdp.json"), AffinityMemory = Path.Combine(folder, "affinity.json") };
        loop = new AgentLoop(paths, kernel, () => own ?? throw new XdpException(XdpFailureReason.Kernel, "an address went"), new SystemFolders(folder, folder), log.Add, time);
    }

    public async ValueTask DisposeAsync()
    {
        await loop.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_bad_file_keeps_the_last_good_one_and_says_so()
    {
        Configure("\"mode\": \"enforce\"");
        await RoundAsync();
        await File.WriteAllTextAsync(Path.Combine(folder, "xdp.json"), "{\"mode\": \"strict\"}", TestContext.Current.CancellationToken);
        await RoundAsync();

        Assert.Equal(FilterMode.Enforce, loop.Status!.Mode);
        Assert.Equal(1, loop.Status.Config.Generation);
        Assert.Contains("mode: found \"strict\"", Assert.Single(loop.Status.Problems), StringComparison.Ordinal);
        Assert.Single(kernel.Plans);

        Configure("\"mode\": \"observe\"");
        await RoundAsync();
        Assert.Equal((FilterMode.Observe, 2L, 0), (loop.Status!.Mode, loop.Status.Config.Generation, loop.Status.Problems.Count));
    }

    [Fact]
    public async Task A_file_that_goes_keeps_what_it_said()
    {
        Configure("\"mode\": \"enforce\"");
        await RoundAsync();
        File.Delete(Path.Combine(folder, "xdp.json"));
        await RoundAsync();

        Assert.Equal(FilterMode.Enforce, loop.Status!.Mode);
        Assert.Contains("the file is gone", Assert.Single(loop.Status.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_kernel_that_refuses_is_a_problem_that_is_told_once_and_tried_again()
    {
        Configure("\"mode\": \"enforce\"");
        kernel.Refuses = true;
        await RoundAsync();
        await RoundAsync();
        Assert.Equal(FilterMode.Off, loop.Status!.Mode);
        Assert.Single(log, line => line == "the kernel says no");

        kernel.Refuses = false;
        await RoundAsync();
        Assert.Equal(FilterMode.Enforce, loop.Status!.Mode);
        Assert.Equal(1, kernel.Beats);
    }

    [Fact]
    public async Task The_kernel_is_told_again_only_when_something_changed()
    {
        Configure("\"mode\": \"observe\"");
        await RoundAsync();
        await RoundAsync();
        Assert.Single(kernel.Plans);

        own = [IPAddress.Parse("192.0.2.9"), IPAddress.Parse("192.0.2.10")];
        await RoundAsync();
        Assert.Equal(own, kernel.Plans[1].OwnAddresses);
    }

    [Fact]
    public async Task Addresses_that_cannot_be_listed_are_those_that_were_known()
    {
        Configure("\"mode\": \"observe\"");
        await RoundAsync();
        own = null;
        await RoundAsync();

        Assert.Single(kernel.Plans);
        Assert.Equal(["an address went"], loop.Status!.Problems);
    }

    [Fact]
    public async Task Status_and_tables_are_files_for_readers_elsewhere()
    {
        Configure("\"mode\": \"observe\"");
        await RoundAsync();

        var status = StatusJson.ReadStatus(await File.ReadAllBytesAsync(Path.Combine(folder, "status", "status.json"), TestContext.Current.CancellationToken))!;
        var tables = StatusJson.ReadTables(await File.ReadAllBytesAsync(Path.Combine(folder, "status", "tables.json"), TestContext.Current.CancellationToken))!;
        Assert.Equal((FilterMode.Observe, time.GetUtcNow().AddSeconds(-1)), (status.Mode, status.WrittenAt));
        Assert.Equal(["192.0.2.9"], tables.OwnAddresses);
        Assert.Equal(["status.json", "tables.json"], Directory.EnumerateFiles(Path.Combine(folder, "status")).Select(Path.GetFileName).Order());
    }

    [Theory]
    [InlineData("leave", false)]
    [InlineData("detach", true)]
    public async Task What_is_attached_at_the_end_stays_or_goes_as_configured(string onExit, bool detached)
    {
        Configure($"\"onExit\": \"{onExit}\"");
        using var end = new CancellationTokenSource();
        await loop.RoundAsync(TestContext.Current.CancellationToken);
        var running = loop.RunAsync(end.Token);
        await end.CancelAsync();
        await running;

        Assert.Equal(detached, kernel.Detached);
    }

    private async Task RoundAsync()
    {
        await loop.RoundAsync(TestContext.Current.CancellationToken);
        time.Advance(TimeSpan.FromSeconds(1));
    }

    private void Configure(string content) =>
        File.WriteAllText(Path.Combine(folder, "xdp.json"), $"{{{content}, \"metrics\": {{\"listen\": \"none\"}}, \"status\": {{\"folder\": \"{folder}/status\"}}}}");
}
