using Slipway.Xdp.Network;

namespace Slipway.Agent.Filtering;

/// <summary>
/// Looks at followed slots every few milliseconds on a thread of its own: the kernel tells nobody that an owner swapped its program,
/// and until the filter is back in front of it packets go by unseen. A look costs some microseconds while nothing changed.
/// </summary>
internal sealed class FollowPacer : IDisposable
{
    private static readonly TimeSpan s_pace = TimeSpan.FromMilliseconds(5);

    private readonly ManualResetEventSlim _end = new();
    private readonly Action<Nics> _look;
    private readonly Thread _thread;

    public FollowPacer(Action<Nics> look)
    {
        _look = look;
        _thread = new Thread(Run, maxStackSize: 256 * 1024) { IsBackground = true, Name = "follow" };
        _thread.Start();
    }

    public void Dispose()
    {
        _end.Set();
        _thread.Join();
        _end.Dispose();
    }

    private void Run()
    {
        using var nics = new Nics();
        while (!_end.Wait(s_pace))
        {
            _look(nics);
        }
    }
}
