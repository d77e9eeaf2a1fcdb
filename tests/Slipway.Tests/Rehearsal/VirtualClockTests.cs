using Slipway.Rehearsal;

namespace Slipway.Tests.Rehearsal;

public sealed class VirtualClockTests
{
    [Fact]
    public async Task An_idle_leaping_clock_passes_an_hour_at_once()
    {
        using var clock = VirtualClock.Leaping();
        var before = clock.GetTimestamp();
        await Task.Delay(TimeSpan.FromHours(1), clock, TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assert.InRange(clock.GetElapsedTime(before), TimeSpan.FromHours(1), TimeSpan.FromHours(1) + TimeSpan.FromSeconds(1));
        Assert.Equal(clock.Start + clock.Elapsed, clock.GetUtcNow());
    }

    [Fact]
    public async Task Time_stands_still_while_somebody_works()
    {
        using var clock = VirtualClock.Leaping();
        var token = clock.Busy();
        var second = clock.Busy();
        var waiting = Task.Delay(TimeSpan.FromMinutes(5), clock, TestContext.Current.CancellationToken);
        token.Dispose();
        token.Dispose();
        var first = await Task.WhenAny(waiting, Task.Delay(300, TestContext.Current.CancellationToken));
        Assert.NotSame(waiting, first);
        Assert.Equal(TimeSpan.Zero, clock.Elapsed);
        second.Dispose();
        await waiting.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Many_timers_fire_in_the_order_of_their_due_time_and_then_of_their_creation()
    {
        using var clock = VirtualClock.Leaping();
        var random = new Random(7);
        var dues = Enumerable.Range(0, 5000).Select(i => (Index: i, Due: TimeSpan.FromSeconds(random.Next(1, 400)))).ToList();
        var fired = new List<int>();
        var done = new TaskCompletionSource();
        using (clock.Busy())
        {
            foreach (var (index, due) in dues)
            {
                clock.CreateTimer(
                    _ =>
                    {
                        fired.Add(index);
                        if (fired.Count == dues.Count)
                        {
                            done.SetResult();
                        }
                    },
                    null,
                    due,
                    Timeout.InfiniteTimeSpan);
            }
        }

        await done.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        Assert.Equal(dues.OrderBy(pair => pair.Due).ThenBy(pair => pair.Index).Select(pair => pair.Index), fired);
        Assert.InRange(clock.Leaps, 1, 400);
    }

    [Fact]
    public async Task A_periodic_timer_ticks_until_it_is_disposed()
    {
        using var clock = VirtualClock.Leaping();
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(10), clock);
        for (var i = 0; i < 6; i++)
        {
            Assert.True(await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken));
        }

        Assert.InRange(clock.Elapsed, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(80));
    }

    [Fact]
    public async Task Nobody_leaps_for_a_limit_but_it_strikes_when_time_passes_by()
    {
        using var clock = VirtualClock.Leaping();
        var struck = TimeSpan.Zero;
        using var limit = clock.CreatePassiveTimer(() => struck = clock.Elapsed, TimeSpan.FromMinutes(70));
        await Task.Delay(TimeSpan.FromMinutes(69), clock, TestContext.Current.CancellationToken);
        await Task.Delay(200, TestContext.Current.CancellationToken);
        Assert.Equal(TimeSpan.Zero, struck);
        Assert.Equal(TimeSpan.FromMinutes(69), clock.Elapsed);
        await Task.Delay(TimeSpan.FromMinutes(5), clock, TestContext.Current.CancellationToken);
        Assert.Equal(TimeSpan.FromMinutes(70), struck);
    }

    [Fact]
    public async Task A_scaled_clock_runs_by_its_factor()
    {
        using var clock = VirtualClock.Scaled(1000);
        var wall = System.Diagnostics.Stopwatch.StartNew();
        await Task.Delay(TimeSpan.FromSeconds(200), clock, TestContext.Current.CancellationToken);
        Assert.InRange(wall.Elapsed, TimeSpan.FromMilliseconds(195), TimeSpan.FromSeconds(15));
        Assert.True(clock.Elapsed >= TimeSpan.FromSeconds(200));
    }

    [Fact]
    public async Task Cancelled_timers_neither_fire_nor_hold_memory_nor_move_time()
    {
        using var clock = VirtualClock.Leaping();
        var fired = 0;
        using (clock.Busy())
        {
            for (var i = 0; i < 1000; i++)
            {
                clock.CreateTimer(_ => fired++, null, TimeSpan.FromMinutes(1), Timeout.InfiniteTimeSpan).Dispose();
            }
        }

        await Task.Delay(TimeSpan.FromMinutes(2), clock, TestContext.Current.CancellationToken);
        Assert.Equal(0, fired);
        Assert.Equal(1, clock.Leaps);
    }
}
