namespace Slipway.Engine.Running;

/// <summary>
/// How long to wait between two looks at the same thing: short at first, since much is ready at once, then longer up to
/// <see cref="RunOptions.PollInterval"/>, since the rest takes minutes; and what has taken long already is asked about less
/// often still, since a look at 500 nodes is no small thing.
/// </summary>
internal sealed class Pace(TimeProvider time, RunOptions options)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(100);

    /// <summary>A wait is at most this much longer for not having looked at every moment.</summary>
    private const double Lateness = 0.05;

    private TimeSpan _next = First;
    private TimeSpan _waited;

    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(_next, time, cancellationToken);
        _waited += _next;
        var most = _waited * Lateness > options.PollInterval ? _waited * Lateness : options.PollInterval;
        _next = _next * 1.5 < most ? _next * 1.5 : most;
    }
}
