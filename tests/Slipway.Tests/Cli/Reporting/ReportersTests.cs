using System.Text.Json;
using Slipway.Cli.Reporting;
using Slipway.Engine.Reporting;
using Spectre.Console;

namespace Slipway.Tests.Cli.Reporting;

public sealed class ReportersTests
{
    [Fact]
    public void Plain_lines_carry_the_time_and_tell_each_thing_once()
    {
        using var text = new StringWriter();
        var reporter = new PlainReporter(Plain(text));

        foreach (var runEvent in Recorded.Run)
        {
            reporter.Report(runEvent);
        }

        Assert.Equal(
            """
            12:00:00 lab: 2 nodes; journal in /state/lab/runs/1
            12:00:00 ==> [1/2] Send machine configs
            12:00:01     + cp-1: send the machine config
            12:00:02     cp-1: installing (writing the disk)
            12:00:03     w-1: away
            12:00:03     waiting until cp-1 boots from its disk (installing)
            12:00:05     ok cp-1: send the machine config (4.0s)
            12:00:06     met: cp-1 boots from its disk
            12:00:06     cp-1: running
            12:00:06     done in 6.0s
            12:00:06 ==> [2/2] etcd
            12:00:07 warning: odd [brackets] from a peer in two lines
            12:01:11     failed in 1m05s: no quorum

            """, text.ToString());
    }

    [Fact]
    public void Json_is_one_object_a_line_that_names_its_event()
    {
        using var text = new StringWriter();
        var reporter = new JsonReporter(text);

        foreach (var runEvent in Recorded.Run)
        {
            reporter.Report(runEvent);
        }

        var lines = text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(Recorded.Run.Count, lines.Count);
        Assert.All(lines, line => Assert.Equal("slipway.dev/v1", line.GetProperty("apiVersion").GetString()));
        Assert.All(lines, line => Assert.Equal("Event", line.GetProperty("kind").GetString()));
        var failed = lines[^2];
        Assert.Equal("phase-finished", failed.GetProperty("event").GetString());
        Assert.Equal("failed", failed.GetProperty("outcome").GetString());
        Assert.Equal(65, failed.GetProperty("elapsedSeconds").GetDouble());
        Assert.Equal("install", lines[2].GetProperty("action").GetProperty("cost").GetString());
    }

    [Fact]
    public async Task Json_lines_of_many_tasks_do_not_mix()
    {
        using var text = new StringWriter();
        var reporter = new JsonReporter(text);

        await Parallel.ForAsync(0, 200, TestContext.Current.CancellationToken, (number, _) =>
        {
            reporter.Report(new NodeProgress($"n-{number}", "running") { Time = Recorded.Start });
            return ValueTask.CompletedTask;
        });

        var nodes = text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("node").GetString());
        Assert.Equal(200, nodes.Distinct().Count());
    }

    [Fact]
    public void The_live_view_shows_where_the_run_stands_and_since_when()
    {
        var state = new RunState();
        foreach (var runEvent in Recorded.Run.TakeWhile(runEvent => runEvent is not ActionFinished))
        {
            state.Take(runEvent);
        }

        var drawn = Drawn(state, Recorded.At(12));

        Assert.Contains("Send machine configs", drawn, StringComparison.Ordinal);
        Assert.Contains("writing the disk", drawn, StringComparison.Ordinal);
        // In its state since second 2, whatever was heard of it since.
        Assert.Contains("10s", drawn, StringComparison.Ordinal);
        Assert.Contains("waiting until cp-1 boots from its disk (installing)", drawn, StringComparison.Ordinal);
    }

    [Fact]
    public void The_live_view_of_a_run_that_ended_keeps_phases_and_warnings_only()
    {
        var state = new RunState();
        foreach (var runEvent in Recorded.Run)
        {
            state.Take(runEvent);
        }

        var drawn = Drawn(state, Recorded.At(900));

        Assert.Contains("etcd: no quorum", drawn, StringComparison.Ordinal);
        Assert.Contains("odd [brackets] from a peer in two lines", drawn, StringComparison.Ordinal);
        Assert.Contains("1m11s", drawn, StringComparison.Ordinal);
        Assert.DoesNotContain("w-1", drawn, StringComparison.Ordinal);
    }

    [Fact]
    public void More_nodes_than_the_screen_has_lines_are_counted()
    {
        var state = new RunState();
        state.Take(new RunStarted("lab", 500, "/j") { Time = Recorded.Start });
        foreach (var number in Enumerable.Range(0, 500))
        {
            state.Take(new NodeProgress($"n-{number}", number < 400 ? "running" : "installing") { Time = Recorded.At(number) });
        }

        var drawn = Drawn(state, Recorded.At(600));

        Assert.True(drawn.Split('\n').Length < 24, drawn);
        Assert.Contains("400 running", drawn, StringComparison.Ordinal);
    }

    private static string Drawn(RunState state, DateTimeOffset now)
    {
        using var text = new StringWriter();
        Plain(text).Write(RunView.Draw(state, now, 24));
        return text.ToString();
    }

    private static IAnsiConsole Plain(TextWriter writer)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(writer) });
        console.Profile.Width = 200;
        return console;
    }
}
