using System.Diagnostics;
using System.Text.Json;

namespace Slipway.Benchmarks.Measuring;

/// <summary>This program once more, with a hidden command. It answers with lines of JSON; what it writes to standard error is passed on.</summary>
internal sealed class Child : IAsyncDisposable
{
    private readonly Process _process;

    private Child(Process process)
    {
        _process = process;
    }

    public static Child Start(params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true };
        return new Child(Process.Start(start) ?? throw new InvalidOperationException("the child process did not start"));
    }

    /// <summary>Starts a child, takes its one answer and waits for its end.</summary>
    public static async Task<T> AskAsync<T>(CancellationToken cancellationToken, params IEnumerable<string> arguments)
    {
        await using var child = Start(arguments);
        return await child.AnswerAsync<T>(cancellationToken);
    }

    public static void Answer<T>(T answer) => Console.Out.WriteLine(JsonSerializer.Serialize(answer));

    /// <summary>In a child: returns when its parent has closed its input, or is gone.</summary>
    public static Task UntilDismissedAsync(CancellationToken cancellationToken) => Console.In.ReadToEndAsync(cancellationToken);

    public async Task<T> AnswerAsync<T>(CancellationToken cancellationToken)
    {
        var line = await _process.StandardOutput.ReadLineAsync(cancellationToken)
            ?? throw new InvalidOperationException($"the measurement ended without a figure ({_process.StartInfo.ArgumentList.FirstOrDefault()})");
        return JsonSerializer.Deserialize<T>(line)!;
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }
}
