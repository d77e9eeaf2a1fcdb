using Slipway.Xdp.Interop;
using Libc = Slipway.Kernel.Tests.Machine.Libc;

namespace Slipway.Benchmarks.Xdp;

/// <summary>
/// BPF_PROG_TEST_RUN in rounds: everything that is compared has its turn in each, so that what else the machine does falls on all
/// alike. The faster half of the rounds counts.
/// </summary>
internal static class Stopwatches
{
    private const int Rounds = 30;
    private const uint Repeat = 200_000;

    /// <summary>Nanoseconds a packet, in the order of the cases.</summary>
    public static double[] Run(IReadOnlyList<(BpfHandle Program, byte[] Frame)> cases)
    {
        var found = cases.Select(_ => new List<double>()).ToList();
        OnOneCpu(0, () =>
        {
            for (var round = 0; round < Rounds; round++)
            {
                for (var at = 0; at < cases.Count; at++)
                {
                    found[at].Add(Once(cases[at].Program, cases[at].Frame, Repeat));
                }
            }
        });
        return [.. found.Select(FasterHalf)];
    }

    /// <summary>The same packet in the same program, alone and while another CPU does it too.</summary>
    public static (double Alone, double Together) Together(BpfHandle program, byte[] frame)
    {
        var (alone, together) = (new List<double>(), new List<double>());
        using var go = new ManualResetEventSlim();
        var (isOver, running) = (false, false);
        var other = new Thread(() =>
        {
            Libc.StayOn(1);
            Libc.Before(priority: 1);
            while (!Volatile.Read(ref isOver))
            {
                if (go.Wait(TimeSpan.FromMilliseconds(1)))
                {
                    Volatile.Write(ref running, true);
                    Once(program, frame, Repeat / 10);
                }
            }
        });
        other.Start();
        OnOneCpu(0, () =>
        {
            for (var round = 0; round < Rounds; round++)
            {
                go.Reset();
                // What the other has begun is over after a few milliseconds.
                Once(program, frame, Repeat);
                alone.Add(Once(program, frame, Repeat));
                Volatile.Write(ref running, false);
                go.Set();
                SpinWait.SpinUntil(() => Volatile.Read(ref running));
                together.Add(Once(program, frame, Repeat));
            }
        });
        Volatile.Write(ref isOver, true);
        other.Join();
        return (FasterHalf(alone), FasterHalf(together));
    }

    public static double FasterHalf(IEnumerable<double> rounds)
    {
        var sorted = rounds.Order().ToList();
        return sorted.Take((sorted.Count + 1) / 2).Average();
    }

    /// <summary>Alone on a CPU but for what the kernel does there.</summary>
    public static void OnOneCpu(int cpu, Action work)
    {
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                Libc.StayOn(cpu);
                Libc.Before(priority: 1);
                work();
            }
            catch (Exception error)
            {
                failure = error;
            }
        });
        thread.Start();
        thread.Join();
        if (failure is not null)
        {
            throw new InvalidOperationException(failure.Message, failure);
        }
    }

    public static double Once(BpfHandle program, byte[] frame, uint repeat, uint flags = 0, uint batch = 0)
    {
        var errno = Bpf.TryTestRun(program, frame, [], [], repeat, flags, batch, out _, out var duration, out _);
        return errno == 0 ? duration : throw new InvalidOperationException($"a program could not be run on {frame.Length} bytes: errno {errno}");
    }
}
