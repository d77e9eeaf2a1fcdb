namespace Slipway.Rehearsal;

/// <summary>One timer of a <see cref="VirtualClock"/>; the clock's lock guards its fields.</summary>
internal sealed class VirtualTimer(VirtualClock clock, TimerCallback callback, object? state, bool passive) : ITimer
{
    /// <summary>Due time, then order of scheduling.</summary>
    public static IComparer<VirtualTimer> Order { get; } = Comparer<VirtualTimer>.Create((left, right) =>
        left.Due != right.Due ? left.Due.CompareTo(right.Due) : left.Sequence.CompareTo(right.Sequence));

    private readonly ExecutionContext? _context = ExecutionContext.Capture();

    public bool Passive => passive;

    /// <summary>Ticks since the clock's start.</summary>
    public long Due { get; set; }

    public long Sequence { get; set; }

    /// <summary>Ticks, 0 for a timer that fires once.</summary>
    public long Period { get; set; }

    public volatile bool Disposed;

    public bool Change(TimeSpan dueTime, TimeSpan period) => clock.Schedule(this, dueTime, period);

    public void Dispose() => clock.Cancel(this);

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    public void Fire()
    {
        if (Disposed)
        {
            return;
        }

        if (_context is null)
        {
            callback(state);
        }
        else
        {
            ExecutionContext.Run(_context, static timer => ((VirtualTimer)timer!).Invoke(), this);
        }
    }

    private void Invoke() => callback(state);
}
