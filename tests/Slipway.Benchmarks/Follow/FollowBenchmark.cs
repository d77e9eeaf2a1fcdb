using System.CommandLine;
using Slipway.Benchmarks.Measuring;
using Slipway.Kernel.Tests.Machine;
using Slipway.Xdp.Interop;

namespace Slipway.Benchmarks.Follow;

/// <summary>
/// For how long a filter that follows is out after its owner updated its program: counted in datagrams of a steady stream that the
/// filter drops and an owner lets through.
/// </summary>
internal static class FollowBenchmark
{
    private static readonly TimeSpan s_idle = TimeSpan.FromSeconds(20);

    /// <summary>Longer than the agent is alert after a program was loaded.</summary>
    private static readonly TimeSpan s_calm = TimeSpan.FromSeconds(3);

    public static Command Command()
    {
        var agent = new Option<string>("--agent") { Description = "what 'dotnet publish src/Slipway.Agent' left", DefaultValueFactory = _ => "artifacts/agent/xdp-agent" };
        var program = new Option<string>("--object") { Description = "what bpf/build.sh left", DefaultValueFactory = _ => "artifacts/bpf/solana_xdp.bpf.o" };
        var updates = new Option<int>("--updates") { Description = "of the owner's, of each kind", DefaultValueFactory = _ => 30 };
        var command = new Command("follow", "packets that a following filter does not see after its owner's updates; as root") { agent, program, updates };
        command.SetAction(parsed => Measure(Path.GetFullPath(parsed.GetValue(agent)!), Path.GetFullPath(parsed.GetValue(program)!), parsed.GetValue(updates)));
        return command;
    }

    private static void Measure(string agent, string program, int updates)
    {
        Root.Demand();
        Console.Out.WriteLine(Machine.This());
        var table = new Table("owner's update", "updates", "min ms", "median ms", "max ms", "median packets", "lost");
        using var node = new FollowedNode(agent, program);
        using var one = new OwnerProgram("cil_xdp_entry", OwnerProgram.Pass);
        using var two = new OwnerProgram("cil_xdp_entry", OwnerProgram.Pass);
        using (var stream = new GuardedStream(node.Wire))
        {
            var turn = 0;
            using (var link = node.Attach(one))
            {
                node.Until(node.IsFollowed);
                Add(table, "link, program loaded just before", stream, updates, node.IsFollowed, () =>
                {
                    using var loaded = new OwnerProgram("cil_xdp_entry", OwnerProgram.Pass);
                    Update(link, loaded);
                });
                Add(table, "link, program kept ready", stream, updates, node.IsFollowed, () => Update(link, turn++ % 2 == 0 ? one : two));
            }

            string[] pins = [node.Pin(one, "one"), node.Pin(two, "two")];
            node.AttachByNetlink(pins[0]);
            node.Until(node.IsInChain);
            Add(table, "netlink, the filter being in tcx", stream, updates, node.IsInChain, () => node.AttachByNetlink(pins[turn++ % 2]));
        }

        table.Write(Console.Out);
        node.DetachByNetlink();
        using var idle = node.Attach(one);
        node.Until(node.IsFollowed);
        Thread.Sleep(s_calm);
        var before = node.Cpu;
        Thread.Sleep(s_idle);
        var used = node.Cpu - before;
        Console.Out.WriteLine($"while nothing changes the agent uses {Figures.Text(100 * (used / s_idle), "0.00")} % of a CPU");
    }

    private static void Add(Table table, string name, GuardedStream stream, int updates, Func<bool> stands, Action update)
    {
        stream.Advance(GuardedStream.PerSecond / 10);
        stream.Unseen();
        var unseen = new List<long>();
        for (var count = 0; count < updates; count++)
        {
            // Never at the same point of whatever the agent or the kernel does in turns.
            stream.Advance(GuardedStream.PerSecond / 20 + count * 7);
            update();
            stream.Advance(GuardedStream.PerSecond / 10);
            // Not before: looking takes the kernel's lock of network configuration, which the agent needs.
            if (!stands())
            {
                throw new InvalidOperationException("the filter is not back a tenth of a second after an update");
            }

            unseen.Add(stream.Unseen());
        }

        unseen.Sort();
        var median = unseen[unseen.Count / 2];
        table.Add(name, Count(unseen.Count), Milliseconds(unseen[0]), Milliseconds(median), Milliseconds(unseen[^1]), Count(median), Count(stream.Lost));
    }

    /// <summary>As Cilium does on each regeneration: without a look at what is there.</summary>
    private static void Update(BpfHandle link, OwnerProgram program)
    {
        int errno;
        do
        {
            using var current = Bpf.OpenProgram(Bpf.LinkFactsOf(link).ProgramId)!;
            errno = Bpf.TryLinkReplace(link, program.Handle, current);
        }
        while (errno == Errno.NotPermitted);

        if (errno != 0)
        {
            throw new InvalidOperationException($"the owner's update was refused: {Errno.Describe(errno)}");
        }
    }

    private static string Milliseconds(long datagrams) => Figures.Text(datagrams * 1000.0 / GuardedStream.PerSecond, "0.0");

    private static string Count(long value) => Figures.Text(value, "0");
}
