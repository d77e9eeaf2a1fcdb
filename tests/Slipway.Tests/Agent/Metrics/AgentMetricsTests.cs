using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Slipway.Agent.Configuration;
using Slipway.Agent.Metrics;
using Slipway.Xdp.Status;

namespace Slipway.Tests.Agent.Metrics;

public sealed class AgentMetricsTests
{
    [Fact]
    public void A_cell_of_the_program_is_a_sample_with_its_words()
    {
        var text = AgentMetrics.Of(Samples.Full);

        Assert.Contains("\nslipway_xdp_packets_total{role=\"serve-repair\",group=\"unknown\",verdict=\"would-drop\",reason=\"repair-tag\"} 7\n", text, StringComparison.Ordinal);
        Assert.Contains("owner=\"a \\\"quoted\\\\ name\\\"\\n\"", text, StringComparison.Ordinal);
        Assert.Contains("\nslipway_xdp_mode{mode=\"observe\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("\nslipway_xdp_mode{mode=\"enforce\"} 0\n", text, StringComparison.Ordinal);
        Assert.Contains("\nslipway_xdp_stake_age_seconds 12.5\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Promtool_accepts_every_family()
    {
        var tool = Environment.GetEnvironmentVariable("PATH")!.Split(':').Select(folder => Path.Combine(folder, "promtool")).FirstOrDefault(File.Exists);
        Assert.True(tool is not null, "this test needs promtool (package prometheus) in PATH");
        using var process = Process.Start(new ProcessStartInfo(tool, ["check", "metrics"]) { RedirectStandardInput = true, RedirectStandardError = true, RedirectStandardOutput = true })!;
        await process.StandardInput.WriteAsync(AgentMetrics.Of(Samples.Full));
        process.StandardInput.Close();

        var said = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken) + await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal((0, ""), (process.ExitCode, said));
    }

    [Fact]
    public void A_status_is_read_back_as_it_was_written()
    {
        var read = StatusJson.ReadStatus(StatusJson.Write(Samples.Full))!;

        Assert.Equal(Samples.Full.Counters, read.Counters);
        Assert.Equal(Samples.Full.Interfaces, read.Interfaces);
        Assert.Equal((Samples.Full.Stake, Samples.Full.Tables, Samples.Full.Audit), (read.Stake, read.Tables, read.Audit));
        Assert.Null(StatusJson.ReadStatus("{}"u8.ToArray()));
        Assert.Null(StatusJson.ReadStatus(StatusJson.Write(Samples.Full with { Schema = 2 })));
    }

    [Fact]
    public void Status_and_tables_are_written_as_the_serializer_would_and_read_as_it_would()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Converters = { new JsonStringEnumConverter() } };

        Assert.Equal(JsonSerializer.Serialize(Samples.Full, options), Encoding.UTF8.GetString(StatusJson.Write(Samples.Full)));
        Assert.Equal(JsonSerializer.Serialize(Samples.Tables, options), Encoding.UTF8.GetString(StatusJson.Write(Samples.Tables)));
        Assert.Equal(JsonSerializer.Serialize(Samples.Full, options), JsonSerializer.Serialize(StatusJson.ReadStatus(StatusJson.Write(Samples.Full)), options));
        Assert.Equal(JsonSerializer.Serialize(Samples.Tables, options), JsonSerializer.Serialize(StatusJson.ReadTables(StatusJson.Write(Samples.Tables)), options));
    }

    [Theory]
    [InlineData("GET /metrics HTTP/1.1\r\n\r\n", "HTTP/1.1 200 OK\r\n", "the metrics")]
    [InlineData("HEAD /metrics HTTP/1.1\r\n\r\n", "HTTP/1.1 200 OK\r\n", "")]
    [InlineData("GET / HTTP/1.1\r\n\r\n", "HTTP/1.1 404 Not Found\r\n", "there is only /metrics\n")]
    [InlineData("POST /metrics HTTP/1.1\r\n\r\n", "HTTP/1.1 405 Method Not Allowed\r\n", "only GET is answered\n")]
    [InlineData("\r\n\r\n", "HTTP/1.1 405 Method Not Allowed\r\n", "only GET is answered\n")]
    public async Task The_server_answers_one_path(string request, string status, string body)
    {
        await using var server = new MetricsServer(new MetricsConfig { Listen = new IPEndPoint(IPAddress.Loopback, 0) }, () => "the metrics", TimeProvider.System);

        var answer = await AskAsync(new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp), server.EndPoint, request);

        Assert.StartsWith(status, answer, StringComparison.Ordinal);
        Assert.Equal(body, answer[(answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..]);
    }

    [Fact]
    public async Task A_unix_socket_is_taken_over_from_a_killed_agent_and_gone_in_the_end()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("slipway-metrics").FullName, "deep", "m.sock");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, "left behind", TestContext.Current.CancellationToken);

        await using (new MetricsServer(new MetricsConfig { Socket = path, Listen = null }, () => "m", TimeProvider.System))
        {
            var answer = await AskAsync(new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified), new UnixDomainSocketEndPoint(path), "GET /metrics HTTP/1.1\r\n\r\n");
            Assert.EndsWith("\r\n\r\nm", answer, StringComparison.Ordinal);
        }

        Assert.False(File.Exists(path));
    }

    private static async Task<string> AskAsync(Socket socket, EndPoint to, string request)
    {
        using (socket)
        {
            await socket.ConnectAsync(to, TestContext.Current.CancellationToken);
            await socket.SendAsync(Encoding.ASCII.GetBytes(request), TestContext.Current.CancellationToken);
            var buffer = new byte[4096];
            var held = 0;
            int read;
            while ((read = await socket.ReceiveAsync(buffer.AsMemory(held), TestContext.Current.CancellationToken)) > 0)
            {
                held += read;
            }

            return Encoding.UTF8.GetString(buffer, 0, held);
        }
    }
}
