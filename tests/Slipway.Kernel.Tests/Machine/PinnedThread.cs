namespace Slipway.Kernel.Tests.Machine;

/// <summary>Work on one CPU: what a program keeps for each CPU is found again by whoever comes back to it.</summary>
internal static class PinnedThread
{
    /// <summary>What the work throws is thrown here.</summary>
    /// <param name="cpu">Counted from 0; the machine must have it.</param>
    public static T Run<T>(int cpu, Func<T> work)
    {
        T? found = default;
        StartAsync(cpu, () => found = work()).GetAwaiter().GetResult();
        return found!;
    }

    /// <summary>A thread of its own: the pool's must not stay where they were put.</summary>
    public static Task StartAsync(int cpu, Action work) =>
        Task.Factory.StartNew(
            () =>
            {
                Libc.StayOn(cpu);
                work();
            },
            TestContext.Current.CancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
}
