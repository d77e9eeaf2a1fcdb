using Slipway.Kernel.Tests.Machine;
using Slipway.Xdp.Attaching;
using Slipway.Xdp.Interop;

namespace Slipway.Kernel.Tests.Agent;

/// <summary>Kills an agent before each step of its start in turn, while packets pass.</summary>
public abstract class KilledStarts : IDisposable
{
    internal KilledStarts()
    {
        Home = new AgentHome(Wire.Node);
        Traffic = new GuardedTraffic(Wire);
    }

    internal VethPair Wire { get; } = new();

    internal AgentHome Home { get; }

    internal GuardedTraffic Traffic { get; }

    public void Dispose()
    {
        Traffic.Dispose();
        Home.Dispose();
        Wire.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Until an agent lives long enough to tell that it is attached. How often one was killed.</summary>
    internal int KillAtEveryStep(string attach, Action afterwards)
    {
        var (first, last) = Record(attach);
        afterwards();
        var kills = 0;
        for (var call = 1; ; call++)
        {
            if (call > first && call < last)
            {
                continue;
            }

            using var agent = Home.Start(Strace.KillAt(call));
            Home.UntilSeen(() => agent.HasEnded || Home.Status() is not null);
            if (!agent.HasEnded)
            {
                Assert.True(AttachMatrixTests.Attached(Home.Status()!, attach));
                agent.Kill();
                Home.UntilNobodyIsThere();
                return kills;
            }

            kills++;
            afterwards();
        }
    }

    private (int First, int Last) Record(string attach)
    {
        var file = Home.PathOf("calls");
        using var agent = Home.Start(Strace.RecordTo(file));
        Home.Until(status => AttachMatrixTests.Attached(status, attach));
        agent.Kill();
        Home.UntilNobodyIsThere();
        return Strace.LoadingIn(file);
    }

    internal long Settled()
    {
        Traffic.MustNotLeak();
        return Traffic.Leaked;
    }

    internal void Finish(long leaked, int kills)
    {
        Assert.True(kills > 15, $"killed only {kills} times");
        Traffic.MustNotLeak();
        Assert.Equal(leaked, Traffic.Leaked);
        Traffic.FinishWithoutLoss();
        Wire.Node.Inside(() => NodeFilter.DetachAll(Home.Pins));
        AssertNoPins();
    }

    internal void AssertNoPins()
    {
        Assert.Empty(Directory.EnumerateFiles(Home.Pins, "*", SearchOption.AllDirectories));
        Assert.Equal(["nics"], Directory.EnumerateDirectories(Home.Pins, "*", SearchOption.AllDirectories).Select(Path.GetFileName));
    }

    internal List<string?> Sets() => [.. Directory.EnumerateDirectories(Home.Pins, "tables-*").Select(Path.GetFileName)];

    internal string NameInSlot()
    {
        var id = Wire.Nic.Program;
        using var program = id == 0 ? null : Bpf.OpenProgram(id);
        return program is null ? "" : Bpf.ProgramFactsOf(program).Name;
    }
}
