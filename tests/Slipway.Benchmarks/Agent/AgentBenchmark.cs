using System.CommandLine;
using Slipway.Benchmarks.Measuring;

namespace Slipway.Benchmarks.Agent;

/// <summary>How soon the published agent guards an interface after exec, beside an exec of the same file that does nothing; memory and sizes.</summary>
internal static class AgentBenchmark
{
    public static Command Command()
    {
        var agent = new Option<string>("--agent") { Description = "what 'dotnet publish src/Slipway.Agent' left", DefaultValueFactory = _ => "artifacts/agent/xdp-agent" };
        var program = new Option<string>("--object") { Description = "what bpf/build.sh left", DefaultValueFactory = _ => "artifacts/bpf/solana_xdp.bpf.o" };
        var rounds = new Option<int>("--rounds") { Description = "starts of each kind, in turn", DefaultValueFactory = _ => 15 };
        var command = new Command("agent", "from exec to a guarded interface, memory and size of the published agent; as root") { agent, program, rounds };
        command.SetAction((parsed, cancellationToken) =>
        {
            using var node = new AgentNode(Path.GetFullPath(parsed.GetValue(agent)!), Path.GetFullPath(parsed.GetValue(program)!));
            var (bare, attached, memory) = (new List<double>(), new List<double>(), new List<AgentMemory>());
            for (var round = 0; round < parsed.GetValue(rounds); round++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                bare.Add(node.Version());
                var (milliseconds, resident) = node.Attach(settle: round == 0);
                attached.Add(milliseconds);
                memory.Add(resident);
            }

            Write(node, bare, attached, memory[0], node.Attach(settle: true, crowded: true).Memory, Console.Out);
            return Task.CompletedTask;
        });
        return command;
    }

    private static void Write(AgentNode node, List<double> bare, List<double> attached, AgentMemory memory, AgentMemory crowded, TextWriter output)
    {
        output.WriteLine(Machine.This());
        var table = new Table("from exec", "min ms", "median ms", "to bare");
        table.Add("xdp-agent version", Figures.Text(bare.Min(), "0.0"), Figures.Text(Median(bare), "0.0"), "1.0");
        table.Add("interface guarded", Figures.Text(attached.Min(), "0.0"), Figures.Text(Median(attached), "0.0"), Figures.Text(attached.Min() / bare.Min(), "0.0"));
        table.Write(output);
        output.WriteLine($"memory after ten seconds {Text(memory)}");
        output.WriteLine($"with {AgentNode.Peers:N0} stakeholders {Text(crowded)}");
        output.WriteLine($"agent {node.AgentBytes:N0} bytes, filter {node.ObjectBytes:N0}");
    }

    private static string Text(AgentMemory memory) =>
        $"{Figures.Text(memory.Resident, "0.0")} MiB, of it the file's own pages {Figures.Text(memory.File, "0.0")}; at most {Figures.Text(memory.Peak, "0.0")}";

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
