using System.CommandLine;
using SharpFuzz;
using Slipway.Fuzz;
using Slipway.Fuzz.Patching;

// `run` needs nothing else; `afl` is what afl-fuzz starts, on assemblies that afl.sh has instrumented.
var file = new Argument<string>("file") { Description = "an input that a fuzzer kept" };
var replay = new Command("replay", "Try one input again") { file };
replay.SetAction(parsed => Console.WriteLine(PatchLaws.Check(PatchInput.Parse(File.ReadAllText(parsed.GetValue(file)!)))));

var afl = new Command("afl", "Serve afl-fuzz; see afl.sh");
afl.SetAction(_ => Fuzzer.OutOfProcess.Run(text => PatchLaws.Check(PatchInput.Parse(text))));

var folder = new Argument<string>("folder");
var seeds = new Command("seeds", "Write the built-in inputs to a folder, for afl-fuzz") { folder };
seeds.SetAction(parsed =>
{
    Directory.CreateDirectory(parsed.GetValue(folder)!);
    foreach (var (patch, number) in Seeds.Patches.Select((patch, number) => (patch, number)))
    {
        // The hand-written configs only: afl-fuzz likes its inputs small.
        File.WriteAllText(Path.Combine(parsed.GetValue(folder)!, $"seed-{number}"), new PatchInput(Seeds.Configs[^(1 + (number % 2))], patch).ToString());
    }
});

return await new RootCommand("Fuzzes the machine config parser and the patch engine") { FuzzRun.Command(), replay, seeds, afl }.Parse(args).InvokeAsync();
