using System.Diagnostics;

namespace Slipway.Rehearsal;

/// <content>The one thread that moves time.</content>
public sealed partial class VirtualClock
{
    /// <summary>How long nothing may have happened before time jumps.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(2);

    /// <summary>The same while some pool thread is occupied: it may be at work for us, or be blocked for good.</summary>
    private static readonly TimeSpan QuietBeside = TimeSpan.FromMilliseconds(20);

    /// <summary>A pool that others keep busy for ever must not hold time for ever.</summary>
    private static readonly TimeSpan QuietAtMost = TimeSpan.FromMilliseconds(60);

    /// <summary>
    /// A leap this far is nearly always over a limit that somebody set before beginning to work, and a loaded machine may keep
    /// them from beginning for a while.
    /// </summary>
    private static readonly long FarLeap = TimeSpan.FromMinutes(2).Ticks;

    private static readonly TimeSpan QuietBeforeFarLeap = TimeSpan.FromSeconds(1);

    private long _touched;
    private long _poolChanged;
    private long _poolCompleted;

    private void Touch()
    {
        _touched = Stopwatch.GetTimestamp();
        Monitor.PulseAll(_gate);
    }

    private void Drive()
    {
        lock (_gate)
        {
            while (!_stopped)
            {
                if (Pause() is { } wait)
                {
                    Monitor.Wait(_gate, wait);
                    continue;
                }

                FireDue();
            }
        }
    }

    /// <summary>How long to wait before looking again, or null when timers are to fire now.</summary>
    private TimeSpan? Pause()
    {
        if (_timers.Min is not { } next)
        {
            return Timeout.InfiniteTimeSpan;
        }

        if (!IsLeaping)
        {
            var left = TimeSpan.FromTicks((long)((next.Due - Now()) / _factor));
            // Rounded up: Monitor counts in whole milliseconds and would spin on a fraction.
            return left > TimeSpan.Zero ? TimeSpan.FromMilliseconds(Math.Clamp(Math.Ceiling(left.TotalMilliseconds), 1, 60_000)) : null;
        }

        if (_busy > 0 || _active == 0)
        {
            return Timeout.InfiniteTimeSpan;
        }

        // A timer that is due already needs no jump.
        return next.Due <= _now || IsQuiet(next.Due - _now) ? null : TimeSpan.FromMilliseconds(1);
    }

    private bool IsQuiet(long leap)
    {
        var completed = ThreadPool.CompletedWorkItemCount;
        if (completed != _poolCompleted || ThreadPool.PendingWorkItemCount > 0)
        {
            _poolCompleted = completed;
            _poolChanged = Stopwatch.GetTimestamp();
        }

        var untouched = Stopwatch.GetElapsedTime(_touched);
        if (leap >= FarLeap)
        {
            return untouched >= QuietBeforeFarLeap;
        }

        var idle = Stopwatch.GetElapsedTime(Math.Max(_touched, _poolChanged));
        ThreadPool.GetMaxThreads(out var most, out _);
        ThreadPool.GetAvailableThreads(out var free, out _);
        return idle >= (free == most ? Quiet : QuietBeside) || untouched >= QuietAtMost;
    }

    private void FireDue()
    {
        var now = Now();
        if (IsLeaping && _timers.Min!.Due > now)
        {
            now = (_timers.Min.Due + Grain - 1) / Grain * Grain;
            _now = now;
            Interlocked.Increment(ref _leaps);
        }

        var due = new List<VirtualTimer>();
        var again = new List<VirtualTimer>();
        while (_timers.Min is { } timer && timer.Due <= now)
        {
            Take(timer);
            due.Add(timer);
            if (timer.Period > 0)
            {
                // A period shorter than a grain gets one tick a grain.
                timer.Due = Math.Max(timer.Due + timer.Period, IsLeaping ? now + 1 : now);
                again.Add(timer);
            }
        }

        again.ForEach(Put);

        // Off this thread, so that a callback that blocks cannot stop time for the others; in one work item, so that order holds.
        _busy++;
        ThreadPool.UnsafeQueueUserWorkItem(Fire, due, preferLocal: false);
    }

    private void Fire(List<VirtualTimer> due)
    {
        try
        {
            foreach (var timer in due)
            {
                timer.Fire();
            }
        }
        finally
        {
            Release();
        }
    }
}
