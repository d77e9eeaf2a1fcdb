using System.Diagnostics;
using Slipway.Xdp.Following;
using Slipway.Xdp.Network;

namespace Slipway.Agent.Filtering;

/// <summary>
/// Looks at followed slots on a thread of its own: the kernel tells nobody that an owner swapped its program, and until the filter is
/// back in front of it packets go by unseen. An owner loads its program first, of which the kernel tells, and for a second after that
/// it is looked every few milliseconds; else less often, for owners that kept a program ready.
/// </summary>
internal sealed class FollowPacer : IDisposable
{
    /// <summary>A look costs some ten microseconds.</summary>
    private static readonly TimeSpan s_pace = TimeSpan.FromMilliseconds(20);

    /// <summary>Where the kernel does not tell of programs.</summary>
    private static readonly TimeSpan s_deafPace = TimeSpan.FromMilliseconds(5);

    /// <summary>
    /// More would only cost: an update holds the kernel's lock for a grace period, some five milliseconds at the least, and a look that
    /// comes meanwhile goes on as soon as the lock is free.
    /// </summary>
    private static readonly TimeSpan s_alertPace = TimeSpan.FromMilliseconds(4);
    private static readonly TimeSpan s_alertFor = TimeSpan.FromSeconds(1);

    private readonly ProgramLoads _loads = new();
    private readonly Action<Nics> _look;
    private readonly TimeSpan _pace;
    private readonly Thread _thread;
    private volatile bool _end;

    /// <param name="look">Gets a socket of the network namespace in which the pacer was made.</param>
    /// <param name="pace">From one look to the next while nothing is heard; null for as often as is fit.</param>
    public FollowPacer(Action<Nics> look, TimeSpan? pace = null)
    {
        _look = look;
        _pace = pace ?? (_loads.Hears ? s_pace : s_deafPace);
        _thread = new Thread(Run, maxStackSize: 256 * 1024) { IsBackground = true, Name = "follow" };
        _thread.Start();
    }

    public void Dispose()
    {
        _end = true;
        _loads.Wake();
        _thread.Join();
        _loads.Dispose();
    }

    private void Run()
    {
        using var nics = new Nics();
        var heardAt = long.MinValue;
        while (true)
        {
            var alert = heardAt != long.MinValue && Stopwatch.GetElapsedTime(heardAt) < s_alertFor;
            if (_loads.Wait(alert ? s_alertPace : _pace))
            {
                heardAt = Stopwatch.GetTimestamp();
            }

            if (_end)
            {
                return;
            }

            _look(nics);
        }
    }
}
