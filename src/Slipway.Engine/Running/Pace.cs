namespace Slipway.Engine.Running;

/// <summary>
/// How long to wait between two looks at the same thing: short at first, since much is ready at once, then longer up to
/// <see cref="RunOptions.PollInterval"/>, since the rest takes minutes.
/// </summary>
internal sealed class Pace(TimeProvider time, RunOptions options)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(100);

    private TimeSpan _next = First;

    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(_next, time, cancellationToken);
        _next = _next * 1.5 < options.PollInterval ? _next * 1.5 : options.PollInterval;
    }
}
