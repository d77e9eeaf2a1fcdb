namespace Slipway.Tests.Rehearsal.Kubernetes;

/// <summary>The system's time, some times faster: real tools wait real seconds for what takes the cluster minutes.</summary>
internal sealed class HurriedTime(double factor) : TimeProvider
{
    private readonly DateTimeOffset _start = System.GetUtcNow();

    public override DateTimeOffset GetUtcNow() => _start + ((System.GetUtcNow() - _start) * factor);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new Timer(System.CreateTimer(callback, state, Scale(dueTime), Scale(period)), Scale);

    private TimeSpan Scale(TimeSpan time) => time > TimeSpan.Zero ? TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling((time / factor).TotalMilliseconds))) : time;

    private sealed class Timer(ITimer inner, Func<TimeSpan, TimeSpan> scale) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => inner.Change(scale(dueTime), scale(period));

        public void Dispose() => inner.Dispose();

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
