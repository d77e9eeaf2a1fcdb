using System.CommandLine;
using Slipway.Benchmarks.Measuring;

namespace Slipway.Benchmarks.Xdp;

/// <summary>The filter's programs beside others that do less or the like, on this machine's kernel, in one run.</summary>
internal static class XdpBenchmark
{
    public static Command Command()
    {
        var format = Figures.Format();
        var command = new Command("xdp", "nanoseconds a packet of the filter, xdp-filter, nft and iptables; as root") { format };
        command.SetAction(parsed =>
        {
            var folder = Directory.CreateTempSubdirectory("slipway-xdp-");
            try
            {
                Measure(folder.FullName, parsed.GetValue(format) == "json");
            }
            finally
            {
                folder.Delete(recursive: true);
            }
        });
        return command;
    }

    private static void Measure(string folder, bool asJson)
    {
        Kernel.Tests.Machine.Root.Demand();
        using var contenders = new Contenders(folder);
        using var filter = new FilterUnderTest(folder, capped: false);
        using var capped = new FilterUnderTest(folder, capped: true);
        var inProgram = new InProgram(contenders, filter, capped).Measure();
        var stakeholder = Stopwatches.Together(filter.Frags, Packets.FromStakeholder);
        var counted = Stopwatches.Together(capped.Frags, Packets.FromStakeholder);
        var stranger = Stopwatches.Together(filter.Frags, Packets.FromStranger);
        var (oneSource, manySources) = new OnTheWire(contenders, filter).Measure();
        if (asJson)
        {
            Figures.WriteJson("xdp", [.. inProgram, .. oneSource, .. manySources]);
            return;
        }

        Console.Out.WriteLine(Machine.This());
        Write("program alone", "/ xdp-filter", inProgram);
        Console.Out.WriteLine();
        Console.Out.WriteLine($"two CPUs on one source: stakeholder {Change(stakeholder)}, counted against caps {Change(counted)}, stranger over its limit {Change(stranger)}");
        Console.Out.WriteLine();
        Write("frames through veth, one source", "/ ours", oneSource);
        Console.Out.WriteLine();
        Write("frames through veth, 16 M sources", "/ ours", manySources);
    }

    private static void Write(string title, string ratio, IReadOnlyList<XdpRow> rows)
    {
        var table = new Table(title, "ns", "over bare", ratio);
        foreach (var row in rows)
        {
            table.Add(row.Name, Figures.Text(row.Nanoseconds, "0.0"), Figures.Text(row.OverBare, "+0.0;-0.0;0"), row.Ratio is { } value ? Figures.Text(value, "0.00") : "");
        }

        table.Write(Console.Out);
    }

    private static string Change((double Alone, double Together) found) => Figures.Text(100 * (found.Together / found.Alone - 1), "+0;-0;0") + " %";
}
