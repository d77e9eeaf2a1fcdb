using System.Net;
using Microsoft.Extensions.Time.Testing;
using Slipway.Agent.Configuration;
using Slipway.Agent.Stake;
using Slipway.Xdp;

namespace Slipway.Tests.Agent.Stake;

public sealed class StakeKeeperTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("slipway-stake").FullName;
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.Zero));
    private readonly FakeSource source = new();

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task The_last_good_table_outlives_the_agent()
    {
        source.Next = Table(4) with { Own = new OwnContact(50093, [new LearntPort(TransportProtocol.Udp, 8001, PortRole.Gossip), new LearntPort(TransportProtocol.Tcp, 8899, PortRole.Rpc)]) };
        await Keeper().RefreshAsync(TestContext.Current.CancellationToken);
        time.Advance(TimeSpan.FromMinutes(3));

        var again = Keeper();

        Assert.Equal(source.Next.Stakes, again.Table.Stakes);
        Assert.Equal((source.Next.TakenAt, source.Next.Source), (again.Table.TakenAt, again.Table.Source));
        Assert.Equal((ushort)50093, again.Table.Own!.ShredVersion);
        Assert.Equal(source.Next.Own!.Ports, again.Table.Own.Ports);
        Assert.Equal(TimeSpan.FromMinutes(3), again.Age);
        Assert.Equal(["stake.json"], Directory.EnumerateFiles(folder).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_failure_keeps_the_table_and_is_told()
    {
        var keeper = Keeper();
        source.Next = Table(4);
        Assert.True(await keeper.RefreshAsync(TestContext.Current.CancellationToken));
        source.Next = null;

        Assert.False(await keeper.RefreshAsync(TestContext.Current.CancellationToken));

        Assert.Equal(("away", 4, 1L, 1L), (keeper.LastError, keeper.Table.Staked, keeper.Refreshes, keeper.Failures));
    }

    [Fact]
    public async Task Half_of_the_cluster_gone_is_not_believed_for_an_hour()
    {
        var keeper = Keeper();
        source.Next = Table(100);
        await keeper.RefreshAsync(TestContext.Current.CancellationToken);

        source.Next = Table(49);
        Assert.False(await keeper.RefreshAsync(TestContext.Current.CancellationToken));
        Assert.Contains("only 49 stakeholders where there were 100", keeper.LastError, StringComparison.Ordinal);

        time.Advance(TimeSpan.FromMinutes(61));
        source.Next = Table(49);
        Assert.True(await keeper.RefreshAsync(TestContext.Current.CancellationToken));
        Assert.Equal(49, keeper.Table.Staked);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("{\"takenAt\":\"2026-11-22T00:00:00Z\",\"source\":\"x\",\"lamports\":{\"127.0.0.1\":1}}")]
    [InlineData("{\"takenAt\":\"2026-11-22T00:00:00Z\",\"source\":\"x\",\"lamports\":{\"192.0.2.1\":-1}}")]
    [InlineData("{\"takenAt\":\"yesterday\",\"source\":\"x\",\"lamports\":{}}")]
    public void A_spoilt_file_is_no_table(string content)
    {
        File.WriteAllText(Path.Combine(folder, "stake.json"), content);

        Assert.Empty(Keeper().Table.Stakes);
    }

    [Fact]
    public async Task A_disk_that_cannot_be_written_does_not_lose_the_table()
    {
        File.WriteAllText(Path.Combine(folder, "file"), "");
        var keeper = new StakeKeeper(new StakeConfig { Cache = Path.Combine(folder, "file", "stake.json") }, source, time);
        source.Next = Table(2);

        Assert.True(await keeper.RefreshAsync(TestContext.Current.CancellationToken));

        Assert.NotNull(keeper.CacheError);
        Assert.Equal(2, keeper.Table.Staked);
    }

    [Fact]
    public async Task A_file_gives_what_an_rpc_would_in_any_order_and_with_its_own_age()
    {
        var path = Path.Combine(folder, "answers.json");
        File.WriteAllText(path, $"{{\"clusterNodes\": {Answers.Nodes((1, "192.0.2.1:8001"))}, \"voteAccounts\": {{\"current\": [{Answers.Vote((1, 9_000_000_000))}], \"delinquent\": []}}}}");
        File.SetLastWriteTimeUtc(path, new DateTime(2026, 11, 22, 0, 0, 0, DateTimeKind.Utc));

        var table = await new FileStakeSource(new StakeConfig { File = path }, time).ReadAsync(TestContext.Current.CancellationToken);

        Assert.Equal([StakedAddress.Of(IPAddress.Parse("192.0.2.1"), 9_000_000_000)], table.Stakes);
        Assert.Equal(time.GetUtcNow().AddDays(-1), table.TakenAt);
    }

    [Fact]
    public async Task A_file_that_is_missing_or_has_no_answers_is_said()
    {
        var path = Path.Combine(folder, "answers.json");
        var missing = await Assert.ThrowsAsync<StakeException>(() => new FileStakeSource(new StakeConfig { File = path }, time).ReadAsync(TestContext.Current.CancellationToken));
        Assert.Contains(path, missing.Message, StringComparison.Ordinal);

        File.WriteAllText(path, "{}");
        var empty = await Assert.ThrowsAsync<StakeException>(() => new FileStakeSource(new StakeConfig { File = path }, time).ReadAsync(TestContext.Current.CancellationToken));
        Assert.Equal($"{path}: the file has no voteAccounts", empty.Message);
    }

    private StakeKeeper Keeper() => new(new StakeConfig { Cache = Path.Combine(folder, "stake.json") }, source, time);

    private StakeTable Table(int staked) => new()
    {
        TakenAt = time.GetUtcNow(),
        Source = "test",
        Stakes = StakeTable.Sorted(Enumerable.Range(1, staked).Select(number => StakedAddress.Of(new IPAddress([192, 0, 2, (byte)number]), (ulong)number))),
    };

    private sealed class FakeSource : IStakeSource
    {
        public StakeTable? Next { get; set; }

        public Task<StakeTable> ReadAsync(CancellationToken cancellationToken) =>
            Next is { } table ? Task.FromResult(table) : throw new StakeException("away");
    }
}
