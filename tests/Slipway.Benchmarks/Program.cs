using System.CommandLine;
using Slipway.Benchmarks.Connections;
using Slipway.Benchmarks.Rendering;
using Slipway.Benchmarks.Scale;

// Each measurement runs in a process of its own, which is this program with a hidden command: what one leaves in memory,
// compiled code or sockets must not be in the figures of the next.
var root = new RootCommand("What Slipway costs: time, memory and connections, by the number of nodes")
{
    ScaleBenchmark.Command(),
    ConnectionsBenchmark.Command(),
    RenderBenchmark.Command(),
    ScaleRun.Command(),
    StandingNodes.Command(),
    HeldConnections.Command(),
    RenderRun.Command(),
};
return await root.Parse(args).InvokeAsync();
