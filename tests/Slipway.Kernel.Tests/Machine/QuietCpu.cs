namespace Slipway.Kernel.Tests.Machine;

/// <summary>
/// Keeps ordinary threads away from a CPU, for less than a second: what is measured there is as alone as on a node whose layout
/// keeps that CPU for the network. A thread of a higher real-time priority takes the CPU from it at once.
/// </summary>
internal sealed class QuietCpu : IDisposable
{
    private readonly Thread _thread;
    private readonly ManualResetEventSlim _there = new();
    private volatile bool _stop;

    public QuietCpu(int cpu)
    {
        _thread = new Thread(() => Occupy(cpu)) { IsBackground = true, Name = "quiet cpu" };
        _thread.Start();
        _there.Wait();
    }

    public void Dispose()
    {
        _stop = true;
        _thread.Join();
        _there.Dispose();
    }

    private void Occupy(int cpu)
    {
        Libc.StayOn(cpu);
        Libc.Before(priority: 1);
        _there.Set();
        while (!_stop)
        {
            Thread.SpinWait(50);
        }
    }
}
