using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace Slipway.Kernel.Tests.Machine;

/// <summary>
/// A network of its own, held by a thread that stands in it. It has no name and no mount, so that it is gone with the thread,
/// however the tests end.
/// </summary>
internal sealed class NetworkNamespace : IDisposable
{
    private readonly BlockingCollection<Action> _work = [];
    private readonly Thread _thread;
    private readonly TaskCompletionSource<int> _started = new();

    public NetworkNamespace()
    {
        Root.Demand();
        _thread = new Thread(Live) { IsBackground = true, Name = "network namespace" };
        _thread.Start();
        Path = string.Create(CultureInfo.InvariantCulture, $"/proc/{Environment.ProcessId}/task/{_started.Task.GetAwaiter().GetResult()}/ns/net");
        Ip("link", "set", "lo", "up");
    }

    /// <summary>For <c>nsenter --net=</c> and for <c>ip link set ... netns</c>.</summary>
    public string Path { get; }

    /// <summary>Does something inside: sockets and links that are made there belong to this network.</summary>
    public T Inside<T>(Func<T> work)
    {
        var result = default(T)!;
        Inside(() => { result = work(); });
        return result;
    }

    public void Inside(Action work)
    {
        using var done = new ManualResetEventSlim();
        ExceptionDispatchInfo? failure = null;
        _work.Add(() =>
        {
            try
            {
                work();
            }
            catch (Exception error)
            {
                failure = ExceptionDispatchInfo.Capture(error);
            }

            done.Set();
        });
        done.Wait();
        failure?.Throw();
    }

    public string Ip(params IEnumerable<string> arguments) => Run("ip", arguments);

    public string Run(string program, params IEnumerable<string> arguments) => Programs.Run("nsenter", [$"--net={Path}", "--", program, .. arguments]);

    public (int Code, string Output, string Errors) Try(string program, params IEnumerable<string> arguments) =>
        Programs.Try("nsenter", [$"--net={Path}", "--", program, .. arguments]);

    public void Dispose()
    {
        _work.CompleteAdding();
        _thread.Join();
        _work.Dispose();
    }

    private void Live()
    {
        if (Libc.Unshare(Libc.NewNetwork) != 0)
        {
            _started.SetException(new InvalidOperationException($"no network namespace: {Marshal.GetLastPInvokeErrorMessage()}"));
            return;
        }

        _started.SetResult(Libc.ThreadId());
        foreach (var work in _work.GetConsumingEnumerable())
        {
            work();
        }
    }
}
