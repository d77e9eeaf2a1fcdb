using Slipway.Engine.Ports;
using Slipway.Engine.Reporting;
using Spectre.Console;

namespace Slipway.Cli.Reporting;

/// <summary>
/// A view of the run that redraws itself in place. Only for terminals with cursor movement: elsewhere Spectre prints the
/// whole table again at each refresh.
/// </summary>
internal sealed class LiveReporter : IReporter, IAsyncDisposable
{
    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(120);

    private readonly Lock _lock = new();
    private readonly RunState _state = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly IAnsiConsole _console;
    private readonly TimeProvider _time;
    private readonly Task _drawing;

    public LiveReporter(IAnsiConsole console, TimeProvider time)
    {
        _console = console;
        _time = time;
        _drawing = Task.Run(DrawAsync, CancellationToken.None);
    }

    public void Report(RunEvent runEvent)
    {
        lock (_lock)
        {
            _state.Take(runEvent);
        }
    }

    /// <summary>Draws the last state and leaves it standing. A second call does nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_drawing.IsCompleted)
        {
            return;
        }

        await _stop.CancelAsync();
        await _drawing;
        _stop.Dispose();
    }

    private async Task DrawAsync() => await _console.Live(Drawn()).AutoClear(false).Overflow(VerticalOverflow.Crop).StartAsync(async live =>
    {
        using var timer = new PeriodicTimer(Frame, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                live.UpdateTarget(Drawn());
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            live.UpdateTarget(Drawn());
        }
    });

    private Spectre.Console.Rendering.IRenderable Drawn()
    {
        lock (_lock)
        {
            return RunView.Draw(_state, _time.GetUtcNow(), _console.Profile.Height);
        }
    }
}
