using Slipway.Xdp.Network;

namespace Slipway.Agent.Filtering;

/// <summary>
/// Looks at followed slots every few milliseconds on a thread of its own: the kernel tells nobody that an owner swapped its program,
/// and until the filter is back in front of it packets go by unseen. A look costs some microseconds while nothing changed.
/// </summary>
internal sealed class FollowPacer : IDisposable
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(5);

    private readonly ManualResetEventSlim end = new();
    private readonly Action<Nics> look;
    private readonly Thread thread;

    public FollowPacer(Action<Nics> look)
    {
        this.look = look;
        thread = new Thread(Run, maxStackSize: 256 * 1024) { IsBackground = true, Name = "follow" };
        thread.Start();
    }

    public void Dispose()
    {
        end.Set();
        thread.Join();
        end.Dispose();
    }

    private void Run()
    {
        using var nics = new Nics();
        while (!end.Wait(Pace))
        {
            look(nics);
        }
    }
}
