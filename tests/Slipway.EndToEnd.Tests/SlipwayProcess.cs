using System.Diagnostics;

namespace Slipway.EndToEnd.Tests;

/// <summary>The built program as its own process: what a user runs. Killed, with its children, when it outlives its time.</summary>
internal sealed record SlipwayProcess(int ExitCode, string Out, string Error)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>The referenced program is copied beside the tests.</summary>
    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "slipway.exe" : "slipway");

    public static Task<SlipwayProcess> RunAsync(params string[] args) => RunAsync(new Start(), args);

    public static async Task<SlipwayProcess> RunAsync(Start start, params string[] args)
    {
        using var process = Launch(start, args);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(start.Timeout ?? Patience);
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        await process.StandardInput.WriteAsync(start.Input);
        process.StandardInput.Close();
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"slipway {string.Join(' ', args)} did not end in time; it wrote:\n{await output}\n{await error}");
        }

        return new SlipwayProcess(process.ExitCode, await output, await error);
    }

    /// <summary>Starts it and leaves it running, for tests that talk to it or kill it.</summary>
    public static Process Launch(Start start, params string[] args)
    {
        var info = new ProcessStartInfo(Program, args)
        {
            WorkingDirectory = start.Folder ?? Path.GetTempPath(),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        info.Environment.Remove("NO_COLOR");
        info.Environment.Remove("SLIPWAY_STATE_DIR");
        foreach (var (name, value) in start.Variables)
        {
            info.Environment[name] = value;
        }

        return Process.Start(info) ?? throw new InvalidOperationException($"{Program} did not start");
    }

    internal sealed record Start
    {
        public string? Folder { get; init; }

        public string Input { get; init; } = "";

        public TimeSpan? Timeout { get; init; }

        public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();
    }
}
