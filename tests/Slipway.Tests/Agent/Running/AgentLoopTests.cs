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
    private AgentLoop loop;
    private IReadOnlyList<IPAddress>? own = [IPAddress.Parse("192.0.2.9")];

    public AgentLoopTests() => loop = NewLoop();

    private string Kept => Path.Combine(folder, "state", "xdp.json");

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
    public async Task A_bad_file_at_the_start_means_the_last_good_one_of_an_earlier_life()
    {
        Configure("\"mode\": \"enforce\"");
        await RoundAsync();
        await StartAnewAsync("{\"mode\": \"strict\"}");
        await RoundAsync();

        Assert.Equal((FilterMode.Enforce, 1L, false), (loop.Status!.Mode, loop.Status.Config.Generation, loop.Status.Config.Missing));
        Assert.Equal(2, loop.Status.Config.Findings.Count);
        Assert.Contains("mode: found \"strict\"", loop.Status.Config.Findings[0], StringComparison.Ordinal);
        Assert.StartsWith($"the last good configuration is in force, kept in {Kept} since ", loop.Status.Config.Findings[1], StringComparison.Ordinal);

        // It stays so while the file is bad in any way, and until it is good.
        await File.WriteAllTextAsync(Path.Combine(folder, "xdp.json"), "[]", TestContext.Current.CancellationToken);
        await RoundAsync();
        Assert.Equal((FilterMode.Enforce, 2), (loop.Status!.Mode, loop.Status.Config.Findings.Count));
        File.Delete(Path.Combine(folder, "xdp.json"));
        await RoundAsync();
        Assert.Equal((FilterMode.Enforce, 2), (loop.Status!.Mode, loop.Status.Config.Findings.Count));
        Configure("\"mode\": \"observe\"");
        await RoundAsync();
        Assert.Equal((FilterMode.Observe, 2L, 0), (loop.Status!.Mode, loop.Status.Config.Generation, loop.Status.Problems.Count));
    }

    [Fact]
    public async Task No_file_at_the_start_means_the_defaults_whatever_was_kept()
    {
        Configure("\"mode\": \"enforce\"");
        await RoundAsync();
        File.Delete(Path.Combine(folder, "xdp.json"));

        var watch = new ConfigWatch(Path.Combine(folder, "xdp.json"), new KeptConfig(Kept), time);
        Assert.True(watch.Look());

        Assert.Equal((FilterMode.Observe, true, 0), (watch.Config.Mode, watch.Status.Missing, watch.Status.Findings.Count));
    }

    [Theory]
    [InlineData(null, "no good configuration was kept in ")]
    [InlineData("{\"mode\": 7}", "the configuration that was kept is not good either: ")]
    public async Task Where_nothing_good_was_kept_a_bad_file_means_the_defaults_and_both_are_told(string? kept, string told)
    {
        await StartAnewAsync("{\"mode\": \"strict\"}");
        if (kept is not null)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Kept)!);
            await File.WriteAllTextAsync(Kept, kept, TestContext.Current.CancellationToken);
        }

        var watch = new ConfigWatch(Path.Combine(folder, "xdp.json"), new KeptConfig(Kept), time);
        Assert.True(watch.Look());

        Assert.Equal((FilterMode.Observe, false, 2), (watch.Config.Mode, watch.Status.Missing, watch.Status.Findings.Count));
        Assert.StartsWith(told, watch.Status.Findings[1], StringComparison.Ordinal);
        Assert.EndsWith("observing with the defaults", watch.Status.Findings[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_kept_is_what_was_written_for_its_owner_alone_and_a_disk_that_refuses_is_a_problem()
    {
        Configure("\"mode\": \"enforce\"");
        await RoundAsync();
        Assert.Equal(await File.ReadAllTextAsync(Path.Combine(folder, "xdp.json"), TestContext.Current.CancellationToken), await File.ReadAllTextAsync(Kept, TestContext.Current.CancellationToken));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Kept));

        Directory.Delete(Path.GetDirectoryName(Kept)!, recursive: true);
        await File.WriteAllTextAsync(Path.GetDirectoryName(Kept)!, "in the way", TestContext.Current.CancellationToken);
        Configure("\"mode\": \"observe\"");
        await RoundAsync();
        Assert.Equal(FilterMode.Observe, loop.Status!.Mode);
        Assert.StartsWith($"the configuration cannot be kept for a start with a bad one: {Kept}: ", Assert.Single(loop.Status.Problems), StringComparison.Ordinal);
        Assert.Empty(loop.Status.Config.Findings);
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

    private AgentLoop NewLoop()
    {
        var paths = new AgentPaths { Config = Path.Combine(folder, "xdp.json"), State = Path.Combine(folder, "state"), AffinityMemory = Path.Combine(folder, "affinity.json") };
        return new AgentLoop(paths, kernel, () => own ?? throw new XdpException(XdpFailureReason.Kernel, "an address went"), new SystemFolders(folder, folder), log.Add, time);
    }

    /// <summary>The agent's next life, which finds this file.</summary>
    private async Task StartAnewAsync(string content)
    {
        await loop.DisposeAsync();
        await File.WriteAllTextAsync(Path.Combine(folder, "xdp.json"), content, TestContext.Current.CancellationToken);
        loop = NewLoop();
    }

    private async Task RoundAsync()
    {
        await loop.RoundAsync(TestContext.Current.CancellationToken);
        time.Advance(TimeSpan.FromSeconds(1));
    }

    private void Configure(string content) =>
        File.WriteAllText(Path.Combine(folder, "xdp.json"), $"{{{content}, \"metrics\": {{\"listen\": \"none\"}}, \"status\": {{\"folder\": \"{folder}/status\"}}}}");
}
