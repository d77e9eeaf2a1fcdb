using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Slipway.Agent.Audit;
using Slipway.Agent.Configuration;
using Slipway.Xdp;
using Slipway.Xdp.Maps;

namespace Slipway.Tests.Agent.Audit;

public sealed class AuditLogTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("slipway-audit").FullName;
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.Zero));

    private string File0 => Path.Combine(folder, "a.jsonl");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_sample_is_one_line_of_JSON()
    {
        using var log = Log();
        log.Write("eth0", Sample);

        var line = JsonDocument.Parse(Assert.Single(File.ReadAllLines(File0))).RootElement;
        Assert.Equal(("source-limit", "gossip", "unknown", "192.0.2.1", 4000, "0102"),
            (line.GetProperty("reason").GetString(), line.GetProperty("role").GetString(), line.GetProperty("class").GetString(),
            line.GetProperty("source").GetString(), line.GetProperty("sourcePort").GetInt32(), line.GetProperty("frame").GetString()));
        Assert.False(line.TryGetProperty("suppressed", out _));
    }

    [Fact]
    public void A_flood_costs_a_bounded_number_of_lines_and_the_next_line_says_how_many_are_missing()
    {
        using var log = Log();
        for (var i = 0; i < 1000; i++)
        {
            log.Write("eth0", Sample);
        }

        time.Advance(TimeSpan.FromSeconds(1));
        log.Write("eth0", Sample);

        var lines = File.ReadAllLines(File0);
        Assert.Equal(4, lines.Length);
        Assert.Equal(997, JsonDocument.Parse(lines[3]).RootElement.GetProperty("suppressed").GetInt32());
        Assert.Equal((4L, 997L), (log.Status.Written, log.Status.Suppressed));
    }

    [Fact]
    public void Files_are_put_aside_by_size_and_only_so_many_are_kept()
    {
        using var log = Log();
        for (var i = 0; i < 60; i++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            log.Write("eth0", Sample);
        }

        Assert.Equal(["a.jsonl", "a.jsonl.1", "a.jsonl.2"], Directory.EnumerateFiles(folder).Select(Path.GetFileName).Order());
        Assert.All(Directory.EnumerateFiles(folder), path => Assert.InRange(new FileInfo(path).Length, 1, 4096));
        Assert.All(Directory.EnumerateFiles(folder).SelectMany(File.ReadAllLines), line => JsonDocument.Parse(line));
    }

    [Fact]
    public void A_log_that_cannot_be_written_costs_lines_and_nothing_else()
    {
        File.WriteAllText(Path.Combine(folder, "file"), "");
        using var log = new AuditLog(new AuditConfig { Path = Path.Combine(folder, "file", "a.jsonl") }, time);

        log.Write("eth0", Sample);

        Assert.Equal(0, log.Status.Written);
        Assert.NotNull(log.Status.LastError);
    }

    private AuditLog Log() => new(new AuditConfig { Path = File0, LinesPerSecond = 3, MaxBytes = 4096, Files = 3 }, time);

    private static DropSample Sample { get; } = new(
        Ticks: 1, Interface: 2, Verdict.Drop, PortRole.Gossip, PeerClass.Unknown, Reason.SourceLimit,
        IPAddress.Parse("192.0.2.1"), IPAddress.Parse("192.0.2.2"), 4000, 8001, Protocol: 17, Length: 174, new byte[] { 1, 2 });
}
