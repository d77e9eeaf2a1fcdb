using System.Net;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Slipway.Agent.Configuration;
using Slipway.Agent.Stake;
using Slipway.Xdp;

namespace Slipway.Tests.Agent.Stake;

public sealed class RpcStakeSourceTests
{
    private const ulong Sol = 1_000_000_000;

    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Stake_is_joined_to_addresses_by_identity_and_sums_up_where_several_share_one()
    {
        await using var rpc = FakeRpc.Of(
            Answers.Votes((1, 5 * Sol), (2, 7 * Sol), (1, 1 * Sol), (3, Sol / 2), (9, 100 * Sol)),
            Answers.Nodes((1, "192.0.2.1:8001"), (2, "192.0.2.1:8011"), (3, "192.0.2.3:8001"), (4, "192.0.2.4:8001"), (5, null), (6, "[2001:db8::6]:8001")));

        var table = await ReadAsync(rpc);

        Assert.Equal(13 * Sol, LamportsAt(table, "192.0.2.1"));
        Assert.Equal(0ul, LamportsAt(table, "192.0.2.3"));
        Assert.Equal(0ul, LamportsAt(table, "192.0.2.4"));
        Assert.Equal(0ul, LamportsAt(table, "2001:db8::6"));
        Assert.Equal((4, 1, 0), (table.Stakes.Count, table.Staked, table.Odd));
        Assert.Equal(time.GetUtcNow(), table.TakenAt);
    }

    [Fact]
    public async Task The_request_is_plain_http_with_one_call()
    {
        await using var rpc = FakeRpc.Of(Answers.Votes((1, Sol)), Answers.Nodes((1, "192.0.2.1:8001")));

        await ReadAsync(rpc);

        Assert.Equal(2, rpc.Requests.Count);
        Assert.StartsWith($"POST / HTTP/1.1\r\nHost: {rpc.Address}\r\n", rpc.Requests[0], StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"getVoteAccounts\"}", rpc.Requests[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_nodes_own_contact_gives_ports_and_shred_version()
    {
        var own = $$"""
            {"result":[{"pubkey":"{{Answers.Key(1)}}","gossip":"192.0.2.1:8001","tvu":"192.0.2.1:8002","tpu":null,"tpuQuic":"192.0.2.1:8009","tpuVote":"192.0.2.1:8005",
             "serveRepair":"192.0.2.1:8012","rpc":"192.0.2.1:8899","pubsub":"192.0.2.1:8900","shredVersion":50093}]}
            """;
        await using var rpc = FakeRpc.Of(Answers.Votes((1, Sol)), own);

        var table = await ReadAsync(rpc, identity: Answers.Key(1));

        Assert.Equal(50093, table.Own!.ShredVersion);
        Assert.Equal(
        [
            new LearntPort(TransportProtocol.Udp, 8001, PortRole.Gossip),
            new LearntPort(TransportProtocol.Udp, 8002, PortRole.Tvu),
            new LearntPort(TransportProtocol.Udp, 8009, PortRole.TpuQuic),
            new LearntPort(TransportProtocol.Udp, 8005, PortRole.Vote),
            new LearntPort(TransportProtocol.Udp, 8012, PortRole.ServeRepair),
            new LearntPort(TransportProtocol.Tcp, 8899, PortRole.Rpc),
            new LearntPort(TransportProtocol.Tcp, 8900, PortRole.Rpc),
        ],
        table.Own.Ports);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(4096)]
    public async Task Chunks_of_any_size_give_the_same_table(int size)
    {
        var votes = Answers.Votes(Enumerable.Range(1, 60).Select(node => (node, Sol)));
        var nodes = Answers.Nodes(Enumerable.Range(1, 60).Select(node => (node, (string?)$"192.0.2.{node}:8001")));
        await using var rpc = new FakeRpc(async (method, stream, token) =>
        {
            var body = Encoding.UTF8.GetBytes(method == "getVoteAccounts" ? votes : nodes);
            await stream.WriteAsync("HTTP/1.1 200 OK\r\ntransfer-encoding: Chunked\r\n\r\n"u8.ToArray(), token);
            foreach (var chunk in body.Chunk(size))
            {
                await stream.WriteAsync(Encoding.ASCII.GetBytes($"{chunk.Length:x};e=1\r\n"), token);
                await stream.WriteAsync(chunk, token);
                await stream.WriteAsync("\r\n"u8.ToArray(), token);
            }

            await stream.WriteAsync("0\r\n\r\n"u8.ToArray(), token);
        });

        Assert.Equal(60, (await ReadAsync(rpc)).Staked);
    }

    [Fact]
    public async Task An_answer_that_ends_with_its_connection_is_read_too()
    {
        await using var rpc = new FakeRpc(async (method, stream, token) =>
        {
            var body = method == "getVoteAccounts" ? Answers.Votes((1, Sol)) : Answers.Nodes((1, "192.0.2.1:8001"));
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\n\r\n{body}"), token);
        });

        Assert.Equal(1, (await ReadAsync(rpc)).Staked);
    }

    [Fact]
    public async Task Nobody_listening_is_said()
    {
        IPEndPoint gone;
        await using (var rpc = FakeRpc.Of("", ""))
        {
            gone = rpc.Address;
        }

        var problem = await Assert.ThrowsAsync<StakeException>(() => Source(gone).ReadAsync(TestContext.Current.CancellationToken));
        Assert.StartsWith($"http://{gone}/: getVoteAccounts: ", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_drips_is_left_at_the_deadline()
    {
        var dripping = new TaskCompletionSource();
        await using var rpc = new FakeRpc(async (_, stream, token) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"u8.ToArray(), token);
            dripping.SetResult();
            await Task.Delay(Timeout.Infinite, token);
        });

        var reading = Source(rpc.Address).ReadAsync(TestContext.Current.CancellationToken);
        await Task.WhenAny(dripping.Task, reading);
        time.Advance(TimeSpan.FromSeconds(21));

        var problem = await Assert.ThrowsAsync<StakeException>(() => reading);
        Assert.Equal($"http://{rpc.Address}/: getVoteAccounts: no whole answer within 20 s", problem.Message);
    }

    [Theory]
    [InlineData("nonsense\r\n\r\n", "the answer is not HTTP/1.1: is that the RPC port?")]
    [InlineData("", "the connection was closed without an answer")]
    [InlineData("HTTP/1.1 200 OK\r\n", "the answer ends within its head")]
    [InlineData("HTTP/1.1 429 Too Many Requests\r\n\r\n", "the answer's status is 429 Too Many Requests")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n", "the answer is compressed, which was not asked for")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", "the answer has an unknown Transfer-Encoding")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", "the answer's Content-Length is no number")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{}", "the connection was closed within the answer, after 2 bytes")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "a chunk of the answer has no size")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}x\r\n", "a chunk of the answer is longer than it said")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "the answer is empty")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n{\"a\":", "the answer is not JSON, or ends too early, within its first 5 bytes")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", "the answer has no such result")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{\"error\":{\"code\":-32005,\"message\":\"Node is behind\"}}", "it refuses: Node is behind")]
    public async Task What_a_strange_server_says_becomes_one_clear_sentence(string answer, string message)
    {
        if (answer.Contains("Content-Length: 50", StringComparison.Ordinal))
        {
            answer = answer.Replace("Content-Length: 50", $"Content-Length: {answer.Length - answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) - 4}", StringComparison.Ordinal);
        }

        await using var rpc = new FakeRpc((_, stream, token) => stream.WriteAsync(Encoding.ASCII.GetBytes(answer), token).AsTask());

        var problem = await Assert.ThrowsAsync<StakeException>(() => ReadAsync(rpc));
        Assert.Equal($"http://{rpc.Address}/: getVoteAccounts: {message}", problem.Message);
    }

    [Fact]
    public async Task An_answer_without_end_is_left_after_a_bounded_number_of_bytes()
    {
        var blank = Encoding.ASCII.GetBytes(new string(' ', 1 << 20));
        await using var rpc = new FakeRpc(async (_, stream, token) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray(), token);
            while (true)
            {
                await stream.WriteAsync(blank, token);
            }
        });

        var problem = await Assert.ThrowsAsync<StakeException>(() => ReadAsync(rpc));
        Assert.EndsWith("the answer is longer than 67108864 bytes", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_head_and_a_value_and_a_list_without_end_are_refused()
    {
        await using var head = new FakeRpc((_, stream, token) => stream.WriteAsync(Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nA: " + new string('a', 20_000)), token).AsTask());
        Assert.EndsWith("the head of the answer is longer than 16384 bytes", (await Assert.ThrowsAsync<StakeException>(() => ReadAsync(head))).Message, StringComparison.Ordinal);

        await using var value = FakeRpc.Of($"{{\"result\": \"{new string('a', 70_000)}\"}}", "");
        Assert.EndsWith("a single value of the answer is longer than 65536 bytes", (await Assert.ThrowsAsync<StakeException>(() => ReadAsync(value))).Message, StringComparison.Ordinal);

        await using var list = FakeRpc.Of($"{{\"result\": {{\"current\": [{string.Join(',', Enumerable.Repeat("{}", StakeJoin.MostEntries + 1))}]}}}}", "");
        Assert.EndsWith("the answer lists more than 100000 entries", (await Assert.ThrowsAsync<StakeException>(() => ReadAsync(list))).Message, StringComparison.Ordinal);

        await using var deep = FakeRpc.Of(new string('[', 100), "");
        Assert.Contains("the answer is not JSON", (await Assert.ThrowsAsync<StakeException>(() => ReadAsync(deep))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lies_in_an_answer_are_passed_over_and_an_answer_of_lies_is_refused()
    {
        var good = Enumerable.Range(10, 30).Select(node => (node, (string?)$"192.0.2.{node}:8001")).ToList();
        await using var some = FakeRpc.Of(
            Answers.Votes(Enumerable.Range(10, 30).Select(node => (node, ulong.MaxValue)).Append((10, ulong.MaxValue))),
            Answers.Nodes([.. good, (1, "127.0.0.1:8001"), (2, "0.0.0.0:0"), (3, "not an address"), (4, "224.0.0.1:1")]));
        var table = await ReadAsync(some);
        Assert.Equal((30, 30, 4), (table.Stakes.Count, table.Staked, table.Odd));
        Assert.Equal(ulong.MaxValue, LamportsAt(table, "192.0.2.10"));

        await using var all = FakeRpc.Of(Answers.Votes((1, Sol)), Answers.Nodes((1, "127.0.0.1:8001"), (2, "::1"), (3, "x")));
        Assert.Equal("3 of the answer's 4 entries make no sense", (await Assert.ThrowsAsync<StakeException>(() => ReadAsync(all))).Message);

        await using var none = FakeRpc.Of(Answers.Votes(), Answers.Nodes((1, "192.0.2.1:8001")));
        Assert.StartsWith("nobody in the answer has both stake and an address", (await Assert.ThrowsAsync<StakeException>(() => ReadAsync(none))).Message, StringComparison.Ordinal);
    }

    private static ulong LamportsAt(StakeTable table, string address) => table.Stakes.Single(stake => stake.Address.ToString() == address).Lamports;

    private RpcStakeSource Source(IPEndPoint address, string? identity = null) =>
        new(new StakeConfig { Rpc = new RpcEndpoint(address, "/"), Identity = identity }, time);

    private Task<StakeTable> ReadAsync(FakeRpc rpc, string? identity = null) => Source(rpc.Address, identity).ReadAsync(TestContext.Current.CancellationToken);
}
