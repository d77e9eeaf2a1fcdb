using System.Text.Json;
using Slipway.Cli;

namespace Slipway.EndToEnd.Tests;

/// <summary>One <c>slipway rehearse</c> as its own process, read by what programs read: its events and its last document.</summary>
internal sealed class RehearsedRun
{
    private RehearsedRun(SlipwayProcess process)
    {
        Process = process;
        var lines = process.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Events = [.. lines.Where(line => line.GetProperty("kind").GetString() == "Event")];
        Result = lines.Count > 0 ? lines[^1] : default;
    }

    public SlipwayProcess Process { get; }

    public IReadOnlyList<JsonElement> Events { get; }

    /// <summary>Of kind Rehearsal, or Failure.</summary>
    public JsonElement Result { get; }

    public int ExitCode => Process.ExitCode;

    /// <summary>The smallest cluster: what a fault does to one node it does to any.</summary>
    public static Task<RehearsedRun> SmallAsync(params string[] args) => RunAsync(["--control-planes", "1", "--workers", "1", .. args]);

    public static Task<RehearsedRun> RunAsync(params string[] args) => WithNewSecretsAsync(["--secrets", SharedSecrets.File, .. args]);

    /// <summary>The run makes its cluster's secrets, as it does for whoever names none.</summary>
    public static async Task<RehearsedRun> WithNewSecretsAsync(params string[] args) => new(await SlipwayProcess.RunAsync(
        new SlipwayProcess.Start { Timeout = TimeSpan.FromMinutes(3) }, ["rehearse", "-o", "json", "--progress", "json", .. args]));

    /// <summary>The same command in this process: where there are a hundred runs, most of a process' time would be its start.</summary>
    /// <param name="secrets">A file of them, or null: the run makes its own.</param>
    public static async Task<RehearsedRun> InMemoryAsync(string? secrets, params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var environment = new CliEnvironment
        {
            In = TextReader.Null,
            Out = output,
            Error = error,
            Variable = Environment.GetEnvironmentVariable,
            WorkingFolder = Path.GetTempPath(),
            Time = TimeProvider.System,
        };
        var code = await new CliApplication(environment).RunAsync(
            ["rehearse", "-o", "json", "--progress", "json", .. secrets is null ? [] : (string[])["--secrets", secrets], .. args], TestContext.Current.CancellationToken);
        return new RehearsedRun(new SlipwayProcess(code, output.ToString(), error.ToString()));
    }

    /// <summary>The run ended well, every node is ready, and a second run would do nothing.</summary>
    public void AssertConverged()
    {
        Assert.True(ExitCode == 0, Process.Error);
        Assert.Equal("Rehearsal", Text("kind"));
        Assert.True(Result.GetProperty("converged").GetBoolean());
        Assert.Equal(0, Result.GetProperty("actionsLeft").GetInt32());
    }

    /// <summary>The run ended with this code, and its failure names where, and what was expected and found.</summary>
    public void AssertFailed(int exitCode, string? node, string phase, string expected, string found)
    {
        AssertFailed(exitCode, node);
        Assert.Equal(phase, Text("phase"));
        Assert.Contains(expected, Text("expected"), StringComparison.Ordinal);
        Assert.Contains(found, Text("found"), StringComparison.Ordinal);
    }

    /// <summary>The same, wherever in the run it came to light: the message names phase, expected and found.</summary>
    public void AssertFailed(int exitCode, string? node)
    {
        Assert.True(ExitCode == exitCode, $"ended with {ExitCode}, not {exitCode}\n{Process.Error}");
        Assert.Equal("Failure", Text("kind"));
        Assert.Equal(exitCode, Result.GetProperty("exitCode").GetInt32());
        Assert.True(node == Text("node"), $"names node '{Text("node")}', not '{node}'\n{Process.Error}");
        Assert.Contains(Text("phase"), Slipway.Engine.Running.Runner.PhaseIds);
        Assert.False(string.IsNullOrWhiteSpace(Text("expected")));
        Assert.False(string.IsNullOrWhiteSpace(Text("found")));
        Assert.False(string.IsNullOrWhiteSpace(Text("message")));
        Assert.False(string.IsNullOrWhiteSpace(Text("hint")));
        Assert.DoesNotContain("   at ", Process.Error, StringComparison.Ordinal);
    }

    private string? Text(string name) => Result.TryGetProperty(name, out var value) ? value.GetString() : null;
}
