using System.CommandLine;
using System.Diagnostics;
using System.Security.Cryptography;
using Slipway.Benchmarks.Measuring;
using Slipway.Core.Diagnostics;
using Slipway.Core.Planning;
using Slipway.Core.Secrets;
using Slipway.Core.Spec;
using Slipway.Engine.Preparing;
using Slipway.Talos.Pki;

namespace Slipway.Benchmarks.Rendering;

/// <summary>One size of fleet, in a process of its own.</summary>
internal static class RenderRun
{
    public const string Name = "run-render";

    private const int Rounds = 5;

    public static Command Command()
    {
        var nodes = new Argument<int>("nodes");
        var command = new Command(Name) { nodes };
        command.Hidden = true;
        command.SetAction(parsed => Child.Answer(Measure(parsed.GetValue(nodes))));
        return command;
    }

    private static RenderRow Measure(int nodes)
    {
        using var random = RandomNumberGenerator.Create();
        var spec = SpecReader.Read("cluster.yaml", FleetYaml.Write(nodes, mapCount: 2_000_000)).Spec!;
        var other = SpecReader.Read("cluster.yaml", FleetYaml.Write(nodes, mapCount: 1_000_000)).Spec!;
        var secrets = SecretsFactory.Create(spec.Talos, DateTimeOffset.UtcNow, random);

        var (desired, coldRender) = Timed(() => Render(spec, secrets));
        var live = Observed(Render(other, secrets));
        var (plan, coldDiff) = Timed(() => ConfigPlanner.Plan(NodeRole.Worker, desired, live));
        var changes = plan.Sum(action => action.Changes.Count);

        var (renders, diffs) = (new List<double>(), new List<double>());
        (desired, plan) = (null!, null!);
        var empty = GC.GetTotalMemory(forceFullCollection: true);
        var (cpu, allocated) = (ProcessFigures.Now().Cpu, GC.GetTotalAllocatedBytes(precise: true));
        for (var round = 0; round < Rounds; round++)
        {
            (desired, var render) = Timed(() => Render(spec, secrets));
            (plan, var diff) = Timed(() => ConfigPlanner.Plan(NodeRole.Worker, desired, live));
            renders.Add(render);
            diffs.Add(diff);
        }

        cpu = ProcessFigures.Now().Cpu - cpu;
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        var held = GC.GetTotalMemory(forceFullCollection: true) - empty;
        GC.KeepAlive((desired, plan));
        return new RenderRow(
            nodes, coldRender, coldDiff, Median(renders), Median(diffs), Math.Round(cpu.TotalSeconds / Rounds, 3), allocated / Rounds, held, changes);
    }

    private static DesiredState Render(ClusterSpec spec, SecretsBundle secrets)
    {
        var warnings = new List<Diagnostic>();
        return new DesiredStateBuilder(spec, new SpecFolder("cluster.yaml", Path.GetTempPath())).Build(secrets, new Sensitive("none"), warnings);
    }

    /// <summary>Nodes that run with other configs than they should.</summary>
    private static ObservedState Observed(DesiredState live) => new(
        live.Configs.ToDictionary(pair => pair.Key, pair => new NodeObservation { Name = pair.Key, Mode = NodeMode.Configured, Talos = live.Spec.Talos, Config = pair.Value }),
        ClusterObservation.Nothing,
        new LocalObservation());

    private static (T Value, double Seconds) Timed<T>(Func<T> work)
    {
        var started = Stopwatch.GetTimestamp();
        var value = work();
        return (value, Math.Round(Stopwatch.GetElapsedTime(started).TotalSeconds, 3));
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
