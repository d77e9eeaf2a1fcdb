namespace Slipway.Rehearsal.Kubernetes.Controllers;

/// <summary>
/// Work of all controllers in order of its due time on the rehearsal's clock, which comes in ticks of a tenth of a second: the same work asked for
/// twice in one tick is done once, so that five hundred pods that start in one moment make one status update.
/// </summary>
internal sealed class WorkQueue : IDisposable
{
    /// <summary>What informers and rate limits cost a real controller; it is also what batches.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(5);

    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly PriorityQueue<(IController Controller, string Key, DateTimeOffset Due), (DateTimeOffset Due, long Order)> _queue = new();
    private readonly HashSet<(IController, string, DateTimeOffset)> _pending = [];
    private readonly Lock _gate = new();
    private readonly Lock _worker = new();
    private DateTimeOffset _wake = DateTimeOffset.MaxValue;
    private long _order;
    private bool _isPaused;
    private bool _isDisposed;

    public WorkQueue(TimeProvider time)
    {
        _time = time;
        _timer = time.CreateTimer(_ => Work(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The last exception that a controller let go: a bug of ours, never a state of the cluster.</summary>
    public Exception? Failure { get; private set; }

    public bool IsPaused
    {
        get => _isPaused;
        set
        {
            lock (_gate)
            {
                _isPaused = value;
                _wake = DateTimeOffset.MaxValue;
                Arm();
            }
        }
    }

    public void Add(IController controller, string key, TimeSpan after = default)
    {
        lock (_gate)
        {
            var due = _time.GetUtcNow() + after;
            due = due.AddTicks(Tick.Ticks - (due.Ticks % Tick.Ticks));
            if (_isDisposed || !_pending.Add((controller, key, due)))
            {
                return;
            }

            _queue.Enqueue((controller, key, due), (due, _order++));
            Arm();
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _queue.Clear();
        }

        _timer.Dispose();
    }

    private void Work()
    {
        lock (_worker)
        {
            lock (_gate)
            {
                _wake = DateTimeOffset.MaxValue;
            }

            while (Next() is var (controller, key))
            {
                try
                {
                    controller.Reconcile(key);
                }
#pragma warning disable CA1031 // On a timer's thread an exception ends the process; a controller tries again, and tests look at the failure.
                catch (Exception error)
#pragma warning restore CA1031
                {
                    Failure = error;
                    Add(controller, key, Retry);
                }
            }

            lock (_gate)
            {
                Arm();
            }
        }
    }

    private (IController Controller, string Key)? Next()
    {
        lock (_gate)
        {
            var now = _time.GetUtcNow();
            if (_isPaused || !_queue.TryPeek(out var work, out _) || work.Due > now)
            {
                return null;
            }

            _queue.Dequeue();
            _pending.Remove((work.Controller, work.Key, work.Due));
            return (work.Controller, work.Key);
        }
    }

    private void Arm()
    {
        if (_isDisposed || _isPaused || !_queue.TryPeek(out var next, out _) || next.Due >= _wake)
        {
            return;
        }

        _wake = next.Due;
        var wait = next.Due - _time.GetUtcNow();
        _timer.Change(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
