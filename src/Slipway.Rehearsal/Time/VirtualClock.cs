using System.Diagnostics;

namespace Slipway.Rehearsal;

/// <summary>
/// The time that a rehearsal lives in. A <em>leaping</em> clock jumps to its next timer as soon as nobody works, so that a day-0
/// run of forty minutes takes seconds; a <em>scaled</em> clock runs a fixed factor faster than the wall, for nodes that other
/// processes talk to. Timers fire in the order of their due time, then of their creation, one after the other.
/// </summary>
/// <remarks>
/// "Nobody works" means: no token of <see cref="Busy"/> is held (a call being served, a helm process), and for a couple of real
/// milliseconds the thread pool had nothing to do and nobody touched the clock. The second half is what covers bytes that are on
/// their way through a loopback socket; it is a heuristic, and a wrong guess costs virtual time only.
/// </remarks>
public sealed partial class VirtualClock : TimeProvider, IDisposable
{
    /// <summary>Timers due within one grain fire together, so that many pollers do not each cost a pause of their own.</summary>
    private static readonly long Grain = TimeSpan.FromMilliseconds(100).Ticks;

    private readonly object _gate = new();
    private readonly SortedSet<VirtualTimer> _timers = new(VirtualTimer.Order);
    private readonly Stopwatch _wall = Stopwatch.StartNew();
    private readonly DateTimeOffset _start;
    private readonly double _factor;
    private long _now;
    private long _sequence;
    private long _leaps;
    private int _active;
    private int _busy;
    private bool _stopped;

    private VirtualClock(double factor, DateTimeOffset start)
    {
        _factor = factor;
        _start = start;
        new Thread(Drive) { IsBackground = true, Name = "virtual clock" }.Start();
    }

    /// <summary>A clock that jumps to the next timer whenever nobody works. Starts at the real present, in whole seconds.</summary>
    public static VirtualClock Leaping(DateTimeOffset? start = null) => new(0, start ?? Present());

    /// <summary>A clock that runs <paramref name="factor"/> times as fast as the wall.</summary>
    public static VirtualClock Scaled(double factor, DateTimeOffset? start = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(factor);
        return new(factor, start ?? Present());
    }

    public bool IsLeaping => _factor == 0;

    /// <summary>Virtual time since the clock was made.</summary>
    public TimeSpan Elapsed
    {
        get
        {
            lock (_gate)
            {
                return TimeSpan.FromTicks(Now());
            }
        }
    }

    /// <summary>How often a leaping clock jumped; tells what a run costs in pauses.</summary>
    public long Leaps => Interlocked.Read(ref _leaps);

    public DateTimeOffset Start => _start;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => _start + Elapsed;

    public override long GetTimestamp() => Elapsed.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new VirtualTimer(this, callback, state, passive: false);
        Schedule(timer, dueTime, period);
        return timer;
    }

    /// <summary>
    /// A timer that time does not leap for: it fires when time passes by for another reason. Long limits are such, or an idle
    /// rehearsal would leap from limit to limit while its user thinks.
    /// </summary>
    internal ITimer CreatePassiveTimer(Action callback, TimeSpan dueTime)
    {
        var timer = new VirtualTimer(this, _ => callback(), null, passive: true);
        Schedule(timer, dueTime, Timeout.InfiniteTimeSpan);
        return timer;
    }

    /// <summary>Holds a leaping clock still until the token is disposed; tokens add up.</summary>
    public IDisposable Busy()
    {
        lock (_gate)
        {
            _busy++;
            Touch();
        }

        return new BusyToken(this);
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _stopped = true;
            _timers.Clear();
            Monitor.PulseAll(_gate);
        }
    }

    private static DateTimeOffset Present()
    {
        var now = System.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond));
    }

    private long Now() => IsLeaping ? _now : (long)(_wall.Elapsed.Ticks * _factor);

    internal bool Schedule(VirtualTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        lock (_gate)
        {
            Take(timer);
            if (_stopped || timer.Disposed)
            {
                return false;
            }

            timer.Period = period <= TimeSpan.Zero ? 0 : period.Ticks;
            if (dueTime >= TimeSpan.Zero)
            {
                timer.Due = Now() + dueTime.Ticks;
                Put(timer);
            }

            Touch();
            return true;
        }
    }

    internal void Cancel(VirtualTimer timer)
    {
        lock (_gate)
        {
            timer.Disposed = true;
            Take(timer);
        }
    }

    private void Put(VirtualTimer timer)
    {
        timer.Sequence = _sequence++;
        _timers.Add(timer);
        _active += timer.Passive ? 0 : 1;
    }

    private void Take(VirtualTimer timer)
    {
        if (_timers.Remove(timer))
        {
            _active -= timer.Passive ? 0 : 1;
        }
    }

    private void Release()
    {
        lock (_gate)
        {
            _busy--;
            Touch();
        }
    }

    private sealed class BusyToken(VirtualClock clock) : IDisposable
    {
        private VirtualClock? _clock = clock;

        public void Dispose() => Interlocked.Exchange(ref _clock, null)?.Release();
    }
}
