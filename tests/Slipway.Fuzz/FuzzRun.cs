using System.CommandLine;
using System.Diagnostics;
using Slipway.Fuzz.Patching;

namespace Slipway.Fuzz;

/// <summary><c>run</c>: fuzzing for a time, by itself, with a report of what it found.</summary>
internal static class FuzzRun
{
    /// <summary>Far beyond what any input of this size takes on a busy machine.</summary>
    private static readonly TimeSpan s_hang = TimeSpan.FromSeconds(20);

    public static Command Command()
    {
        var seconds = new Option<int>("--seconds") { Description = "how long", DefaultValueFactory = _ => 60 };
        var seed = new Option<int>("--seed") { Description = "the same seed gives the same inputs", DefaultValueFactory = _ => 1 };
        var finds = new Option<string>("--finds") { Description = "folder for inputs that break a law", DefaultValueFactory = _ => "finds" };
        var corpus = new Option<string?>("--corpus") { Description = "folder with further inputs, each a config, a line %%%% and a patch" };
        var command = new Command("run", "Fuzz the parser and the patch engine without an outside fuzzer") { seconds, seed, finds, corpus };
        command.SetAction(parsed => Run(TimeSpan.FromSeconds(parsed.GetValue(seconds)), parsed.GetValue(seed), parsed.GetValue(finds)!, parsed.GetValue(corpus)));
        return command;
    }

    private static int Run(TimeSpan time, int seed, string finds, string? corpus)
    {
        Directory.CreateDirectory(finds);
        var more = corpus is null ? [] : Directory.EnumerateFiles(corpus).Order(StringComparer.Ordinal).Select(file => PatchInput.Parse(File.ReadAllText(file)));
        var (fuzzer, clock, inputs, slowest) = (new PatchFuzzer(seed, more), Stopwatch.StartNew(), 0, TimeSpan.Zero);
        var laws = new Dictionary<string, int>(StringComparer.Ordinal);
        PatchInput? current = null;
        using var watch = new Timer(_ => Hanging(finds, current), null, s_hang, Timeout.InfiniteTimeSpan);
        while (clock.Elapsed < time)
        {
            (current, var started) = (fuzzer.Next(), clock.Elapsed);
            watch.Change(s_hang, Timeout.InfiniteTimeSpan);
            try
            {
                fuzzer.Try(current);
            }
#pragma warning disable CA1031 // Whatever comes out is what is looked for.
            catch (Exception error)
#pragma warning restore CA1031
            {
                Keep(finds, laws, current, error);
            }

            slowest = clock.Elapsed - started > slowest ? clock.Elapsed - started : slowest;
            inputs++;
        }

        Console.WriteLine($"{inputs} inputs in {clock.Elapsed.TotalSeconds:0} s, {fuzzer.Outcomes} kinds of outcome, slowest {slowest.TotalMilliseconds:0} ms, {laws.Count} laws broken, {laws.Values.Sum()} times");
        foreach (var (law, times) in laws)
        {
            Console.WriteLine($"  {times} times: {law}");
        }

        return laws.Count == 0 ? 0 : 1;
    }

    /// <summary>The first three inputs of each kind: one tells the bug, a few tell its shape.</summary>
    private static void Keep(string finds, Dictionary<string, int> laws, PatchInput input, Exception error)
    {
        var law = error is BrokenLawException ? error.Message.Split('\n')[0] : $"{error.GetType().Name} {error.StackTrace?.Split('\n')[0].Trim()}";
        var times = laws[law] = laws.GetValueOrDefault(law) + 1;
        if (times <= 3)
        {
            var name = Path.Combine(finds, $"find-{laws.Keys.ToList().IndexOf(law)}-{times}");
            File.WriteAllText(name, input.ToString());
            File.WriteAllText(name + ".txt", error.ToString());
        }
    }

    private static void Hanging(string finds, PatchInput? input)
    {
        File.WriteAllText(Path.Combine(finds, "hang"), input?.ToString() ?? "");
        Console.Error.WriteLine($"an input takes longer than {s_hang.TotalSeconds} s; it is in {Path.Combine(finds, "hang")}");
        Environment.Exit(2);
    }
}
